import { DemoFault } from './demoFault';
import { freePort } from './ports';
import type { StackOptions } from './startStack';

const BOT = 3978;
const PLAYGROUND = 56150;
const MICROSOFT = { https: 56151, http: 56152 };
const IT_GLUE = { us: 56153, eu: 56154, au: 56155 };
const HUDU = 56156;
const CUSTOMER = 56157;

/**
 * The demo's ports: the same in every run, except those that are taken, which are reported to `say`. Throws
 * DemoFault when the port that the user named is taken.
 */
export async function demoPorts(
  askedFor: number | undefined,
  say: (line: string) => void,
): Promise<StackOptions['ports']> {
  if (askedFor !== undefined && (await freePort(askedFor)) === undefined) {
    throw new DemoFault(`Port ${askedFor} is taken. Choose another: npm run demo -- --port N`);
  }
  const orAnother = async (wanted: number, what: string): Promise<number> => {
    const port = (await freePort(wanted)) ?? (await freePort(0));
    if (port === undefined) throw new DemoFault(`No free port was found for ${what}.`);
    if (port !== wanted) say(`Port ${wanted} is taken: ${what} uses ${port} instead.`);
    return port;
  };
  return {
    bot: askedFor ?? (await orAnother(BOT, 'the bot')),
    playground: await orAnother(PLAYGROUND, 'the Playground'),
    microsoft: {
      https: await orAnother(MICROSOFT.https, 'the sandbox’s Graph'),
      http: await orAnother(MICROSOFT.http, 'the sandbox’s sign-in page'),
    },
    vendors: {
      itGlue: {
        us: await orAnother(IT_GLUE.us, 'the sandbox’s IT Glue in the US'),
        eu: await orAnother(IT_GLUE.eu, 'the sandbox’s IT Glue in the EU'),
        au: await orAnother(IT_GLUE.au, 'the sandbox’s IT Glue in Australia'),
      },
      hudu: await orAnother(HUDU, 'the sandbox’s Hudu'),
    },
    customer: await orAnother(CUSTOMER, 'the sandbox’s page of Fabrikam'),
  };
}
