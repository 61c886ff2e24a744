import { PlatformFault } from '../../ports';
import type { AgentSettings } from '../../settings';
import type { CliDeps } from '../cliDeps';
import { CliFault, EXIT } from '../cliFault';
import type { Options } from '../parseCommand';

/**
 * Fills in what a domain controller knows about itself. When an account is named, the default directory is
 * this controller. --make-certificate pins the controller's certificate, so no authority is needed.
 * --make-account uses the account that `install` makes there. Throws PlatformFault and CliFault.
 */
export async function onController(
  options: Options,
  stored: AgentSettings | undefined,
  { platform, print }: CliDeps,
): Promise<Options> {
  const { directory, account, 'make-certificate': certificate, 'make-account': own } = options;
  if (own && account)
    throw new CliFault(
      EXIT.usage,
      '--make-account makes an account of its own: use it or --account, not both.',
    );
  const makes = certificate || own;
  if (!makes && (!account || directory || stored?.directory)) return options;
  const controller = await platform.domainController();
  if (!controller && makes) throw new PlatformFault('files', NO_CONTROLLER);
  if (!controller) return options;
  const here = `ldaps://${controller.name}`;
  const found = { ...options, directory: directory ?? here, account: own ? controller.account : account };
  if (!certificate) return found;
  const { made, sha256 } = await controller.ensureCertificate();
  print(`${controller.name} ${made ? 'was given a certificate' : 'has a certificate'} for LDAPS: ${sha256}`);
  return { ...found, directory: here, pin: sha256 };
}

const NO_CONTROLLER =
  '--make-account and --make-certificate work only on a Windows domain controller. On this server use --directory and --account NAME with KEYTURN_DIRECTORY_PASSWORD.';
