import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openSambaCustomer } from './customer/openSambaCustomer';
import { HUDU_ACCOUNTS, IT_GLUE_ACCOUNTS } from './demoAccounts';
import { DemoFault } from './demoFault';
import { claimFolder } from './demoFolder';
import { demoPorts } from './demoPorts';
import { TECHNICIAN } from './playgroundConfig';
import { projectRoot } from './projectRoot';
import { sambaMissing } from './samba/sambaTemplate';
import { type Stack, type StackOptions, startStack } from './startStack';

const say = (line: string) => process.stdout.write(`${line}\n`);

const welcome = ({ playgroundUrl, vendors, customer }: Stack) => `
Keyturn runs on this machine alone. Open

    ${playgroundUrl}

You are ${TECHNICIAN.given} ${TECHNICIAN.surname}, a technician. Type, for example:

    add customer     adds one, and connects its Microsoft 365: sign in there as anybody on the list,
                     for instance Marta Keller of Fabrikam Manufacturing
    customers        lists them
    integrations     connects the documentation that the customers come from:
                     IT Glue, region EU, API key ${IT_GLUE_ACCOUNTS[0]?.key}
                     Hudu, host ${vendors.hudu.host}, API key ${HUDU_ACCOUNTS[0]?.key}
                     (each key also exists with -without-rights and with -revoked behind it)
    import organizations
                     makes customers of what is documented there
    help             shows everything else

Where a page asks who you are (for an API key, an install command, a list), sign in as ${TECHNICIAN.given} ${TECHNICIAN.surname}.

See a password reset arrive, once Fabrikam is connected:

    install agent fabrikam
                     choose “Make an install command”, go on in the page that opens, and copy the
                     command for a domain controller
    ${customer.url}
                     Fabrikam’s server room: paste the command there, and reset passwords
    notify           get alerts here: each reset, and when it works in Microsoft 365
    agents fabrikam  how the agent is; stop it in the server room, and what happens meanwhile is told late

A reset without the page: curl -d user=jonas.brandt ${customer.url}/reset

Ctrl+C stops it all. \`npm run demo\` goes on with what you did, \`npm run demo -- --fresh\` begins anew.
`;

interface Options {
  fresh: boolean;
  samba: boolean;
  port?: number;
  folder: string;
}

function options(): Options {
  const { values } = parseArgs({
    options: {
      fresh: { type: 'boolean', default: false },
      samba: { type: 'boolean', default: false },
      port: { type: 'string' },
      folder: { type: 'string', default: join(projectRoot(), 'data/demo') },
    },
  });
  const { fresh, samba } = values;
  if (samba && sambaMissing) throw new DemoFault(`--samba needs ${sambaMissing}`);
  const folder = resolve(values.folder);
  if (values.port === undefined) return { fresh, samba, folder };
  const port = Number(values.port);
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return { fresh, samba, folder, port };
  throw new DemoFault('--port wants a number from 1 to 65535.');
}

interface Ending {
  /** Resolves with a sentence when a part broke, with undefined when the demo was asked to stop. */
  over: Promise<string | undefined>;
  broken(sentence: string): void;
}

/**
 * The first signal stops the parts in order. The second one ends the demo at once; the parts then end by
 * themselves.
 */
function watchForEnd(): Ending {
  let end: (sentence?: string) => void = () => undefined;
  const over = new Promise<string | undefined>((done) => {
    end = done;
  });
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      signals += 1;
      if (signals > 1) process.exit(130);
      end();
    });
  }
  return { over, broken: end };
}

async function run({ folder, port, samba }: Options): Promise<void> {
  const { over, broken } = watchForEnd();
  const ports = await demoPorts(port, say);
  const openDirectory: StackOptions['openDirectory'] = samba
    ? (users, securityLog) => openSambaCustomer(join(folder, 'samba'), users, securityLog)
    : undefined;
  const stack = await startStack({ folder, ports, onBroken: broken, openDirectory, say });
  say(welcome(stack));
  const sentence = await over;
  say(sentence ?? 'Stopping ...');
  await stack.stop();
  if (sentence) throw new DemoFault('Everything else is stopped.');
}

async function main(): Promise<void> {
  const chosen = options();
  const release = claimFolder(chosen.folder, chosen.fresh);
  try {
    await run(chosen);
  } finally {
    release();
  }
}

const sentenceOf = (error: NodeJS.ErrnoException & { port?: number }): string | undefined => {
  if (error.code === 'EADDRINUSE') return `Port ${error.port} is in use now. Start the demo again.`;
  if (error.code?.startsWith('ERR_PARSE_ARGS'))
    return `${error.message}\nnpm run demo -- [--fresh] [--samba] [--port N] [--folder FOLDER]`;
  return error instanceof DemoFault ? error.message : error.stack;
};

main().catch((error) => {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
});
