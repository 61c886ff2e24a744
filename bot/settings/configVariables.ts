import { z } from 'zod';
import { httpUrl, isLoopbackHost, isPrivateOnTheWay } from '../channel/loopback';
import { isNetwork } from '../http/clientAddress';
import { parseHost } from '../http/requestHost';
import { masterKeys } from './masterKeys';

const text = z.string({ required_error: 'is missing' });
const isGuid = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
const guid = text.refine(isGuid, 'must be a GUID').transform((id) => id.toLowerCase());
const commas = (list: string) => list.split(',').map((entry) => entry.trim());
const guids = text
  .transform((list) => commas(list.toLowerCase()))
  .refine((list) => list.every(isGuid), 'must be GUIDs with commas between them');
const hosts = text
  .transform((list) => commas(list).map(parseHost))
  .refine(
    (list): list is string[] => !list.includes(undefined),
    'must be host names with commas between them',
  );
const networks = text
  .transform(commas)
  .refine(
    (list) => list.every(isNetwork),
    'must be addresses, or networks such as 10.0.0.0/8, with commas between them',
  );
const oneOf = <T extends string>(...values: [T, ...T[]]) =>
  z.enum<T, [T, ...T[]]>(values, { errorMap: () => ({ message: `must be one of ${values.join(', ')}` }) });
const bareOrigin = (value: string) => value.replace(/\/$/, '');
const origin = text
  .refine(
    (value) => httpUrl(value)?.origin === bareOrigin(value).toLowerCase(),
    'must be an origin: https://host, no path',
  )
  .transform((value) => bareOrigin(value).toLowerCase());
const httpsOrigin = origin.refine((value) => value.startsWith('https:'), 'must begin with https://');
const privateUrl = text.refine(isPrivateOnTheWay, 'must be an https address (http only on this machine)');
const port = text
  .regex(/^\d{1,5}$/, 'must be a number')
  .transform(Number)
  .refine((value) => value <= 65535, 'must be 65535 or less');

/** Every variable that the product reads, each by itself. Its messages never repeat a value. */
export const variables = z.object({
  TEAMS_TENANT_ID: guid,
  FIRST_ADMINS: guids,
  PUBLIC_URL: origin.refine(isPrivateOnTheWay, 'must begin with https:// (http only on this machine)'),
  ALLOWED_HOSTS: hosts.optional(),
  TRUSTED_PROXIES: networks.optional(),
  HOST: text.default('0.0.0.0'),
  PORT: port.default('3978'),
  LOG_LEVEL: oneOf('silent', 'error', 'warn', 'info', 'debug').default('info'),
  MONGODB_URI: text
    .regex(/^mongodb(\+srv)?:\/\/./, 'must begin with mongodb:// or mongodb+srv://')
    .optional(),
  MONGODB_URI_FILE: text.optional(),
  MONGODB_ALLOW_PLAIN: oneOf('true', 'false').default('false'),
  MONGODB_DATABASE: text.default('keyturn'),
  DATA_DIR: text.default('./data'),
  AGENT_DIR: text.default('./build/agent'),
  BOT_CHANNEL: oneOf('bot-framework', 'local-playground').default('bot-framework'),
  BOT_APP_ID: guid.optional(),
  BOT_APP_TYPE: oneOf('SingleTenant', 'UserAssignedMSI').default('SingleTenant'),
  BOT_APP_PASSWORD: text.optional(),
  BOT_APP_PASSWORD_FILE: text.optional(),
  BOT_APP_CERTIFICATE_FILE: text.optional(),
  BOT_APP_CERTIFICATE_KEY_FILE: text.optional(),
  BOT_CLOUD: oneOf('Public', 'USGov').default('Public'),
  BOT_OPENID_METADATA_URL: privateUrl.optional(),
  BOT_TOKEN_ISSUER: text.optional(),
  GRAPH_APP_ID: guid,
  GRAPH_APP_SECRET: text.optional(),
  GRAPH_APP_SECRET_FILE: text.optional(),
  GRAPH_APP_CERTIFICATE_FILE: text.optional(),
  GRAPH_APP_CERTIFICATE_KEY_FILE: text.optional(),
  GRAPH_APP_MANAGED_IDENTITY_CLIENT_ID: guid.optional(),
  MICROSOFT_LOGIN_URL: httpsOrigin.default('https://login.microsoftonline.com'),
  GRAPH_URL: httpsOrigin.default('https://graph.microsoft.com'),
  MASTER_KEYS: masterKeys.default(''),
  MASTER_KEYS_FILE: text.optional(),
  IT_GLUE_URL_US: httpsOrigin.default('https://api.itglue.com'),
  IT_GLUE_URL_EU: httpsOrigin.default('https://api.eu.itglue.com'),
  IT_GLUE_URL_AU: httpsOrigin.default('https://api.au.itglue.com'),
  HUDU_ALLOW_PRIVATE_HOSTS: oneOf('true', 'false').default('false'),
});

type VariableName = keyof typeof variables.shape;
export type Variables = z.output<typeof variables>;
/** Each of them may come from the file that NAME_FILE names instead. */
export const SECRETS = ['MASTER_KEYS', 'MONGODB_URI', 'BOT_APP_PASSWORD', 'GRAPH_APP_SECRET'] as const;
/** The variables that are set, before parsing. */
export type Given = Partial<Record<VariableName, string>>;

/** One fault of a variable; `problem` never repeats its value. */
export interface Fault {
  name: string;
  problem: string;
}

const botCredentials: VariableName[][] = [
  ['BOT_APP_PASSWORD'],
  ['BOT_APP_CERTIFICATE_FILE', 'BOT_APP_CERTIFICATE_KEY_FILE'],
];
const graphCredentials: VariableName[][] = [
  ['GRAPH_APP_SECRET'],
  ['GRAPH_APP_CERTIFICATE_FILE', 'GRAPH_APP_CERTIFICATE_KEY_FILE'],
  ['GRAPH_APP_MANAGED_IDENTITY_CLIENT_ID'],
];

function exactlyOne(given: Given, alternatives: VariableName[][]): Fault[] {
  const begun = alternatives.filter((names) => names.some((name) => given[name]));
  const choice = alternatives.map((names) => names.join(' with ')).join(', or ');
  const fault = (problem: string) => (name: string) => ({ name, problem });
  if (begun.length === 0)
    return alternatives
      .slice(0, 1)
      .flat()
      .map(fault(`is missing: set exactly one of ${choice}`));
  if (begun.length > 1)
    return begun
      .flat()
      .filter((name) => given[name as VariableName])
      .map(fault(`is one too many: set exactly one of ${choice}`));
  return begun
    .flat()
    .filter((name) => !given[name])
    .map(fault(`is missing: set ${begun.flat().join(' with ')}`));
}

function botFrameworkFaults(given: Given): Fault[] {
  const noId = given.BOT_APP_ID ? [] : [{ name: 'BOT_APP_ID', problem: 'is missing' }];
  if (given.BOT_APP_TYPE !== 'UserAssignedMSI') return [...noId, ...exactlyOne(given, botCredentials)];
  const needless = botCredentials.flat().filter((name) => given[name]);
  return [
    ...noId,
    ...needless.map((name) => ({ name, problem: 'has no use with BOT_APP_TYPE=UserAssignedMSI' })),
  ];
}

/** The Playground has no credentials, so no other machine may reach any of it. */
function localPlaygroundFaults(given: Given): Fault[] {
  const problem = 'must be of this machine (127.0.0.1 or localhost) with BOT_CHANNEL=local-playground';
  const hosts = { HOST: given.HOST ?? '', PUBLIC_URL: httpUrl(given.PUBLIC_URL ?? '')?.hostname ?? '' };
  return Object.entries(hosts).flatMap(([name, host]) => (isLoopbackHost(host) ? [] : [{ name, problem }]));
}

/** Faults of variables in combination: a channel without its settings, no credential, or two. */
export function combinationFaults(given: Given): Fault[] {
  const channel = given.BOT_CHANNEL === 'local-playground' ? localPlaygroundFaults : botFrameworkFaults;
  return [...channel(given), ...exactlyOne(given, graphCredentials)];
}
