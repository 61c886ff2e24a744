import { readFileSync } from 'node:fs';
import { type Config, ConfigFault, readConfig } from './config';
import { type Fault, SECRETS } from './configVariables';

type Environment = Record<string, string | undefined>;
type SecretName = (typeof SECRETS)[number];

const MOST_CHARACTERS = 64 * 1024;

/**
 * The configuration of this process. Reads secrets from their files where files are set, and deletes them
 * from `env` afterwards, even when the process must not start: reports about the process and its child
 * processes do not contain them. Throws ConfigFault as readConfig does.
 */
export function takeConfig(env: Environment): Config {
  const given = { ...env };
  for (const name of SECRETS) delete env[name];
  const faults = SECRETS.flatMap((name) => takeSecret(given, name) ?? []);
  try {
    const config = readConfig(given);
    if (faults.length === 0) return config;
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    const about = faults.map(({ name }) => name.replace(/_FILE$/, ''));
    faults.push(...error.faults.filter(({ name }) => !about.includes(name)));
  }
  throw new ConfigFault(faults);
}

function takeSecret(given: Environment, name: SecretName): Fault | undefined {
  const variable = `${name}_FILE`;
  const file = given[variable]?.trim();
  if (!file) return undefined;
  if (given[name]?.trim()) return { name: variable, problem: `is one too many: set ${name} or ${variable}` };
  try {
    const secret = readFileSync(file, 'utf8').trim();
    if (secret && secret.length <= MOST_CHARACTERS) given[name] = secret;
    else return { name: variable, problem: 'names a file that is empty, or too large for a secret' };
  } catch (error) {
    return {
      name: variable,
      problem: `names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`,
    };
  }
  return undefined;
}
