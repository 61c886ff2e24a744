import type { IT_GLUE_REGIONS } from '../../domain/integrations/integration';
import type { Network } from '../http/clientAddress';
import type { MasterKey } from '../vault';
import { combinationFaults, type Fault, type Given, type Variables, variables } from './configVariables';

/** Thrown when the process must not start: the operator has to change the named variables. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';
  constructor(readonly faults: Fault[]) {
    super(
      ['These settings have to be changed:', ...faults.map((f) => `  ${f.name} ${f.problem}`)].join('\n'),
    );
  }
}

export interface Secret {
  kind: 'secret';
  secret: string;
}
/** Paths of PEM files for `readCertificate`. */
export interface CertificateFiles {
  kind: 'certificate';
  certificateFile: string;
  keyFile: string;
}

export interface BotFrameworkChannel {
  kind: 'botFramework';
  appId: string;
  tenantId: string;
  credential: Secret | CertificateFiles | { kind: 'managedIdentity' };
  cloud: 'public' | 'government';
  /** OpenID metadata that leads to the channel's signing keys. */
  metadataUrl: string;
  /** The `iss` of the channel's tokens. */
  issuer: string;
}

/**
 * Microsoft's Playground on this machine: without credentials, so only loopback peers and loopback answers.
 */
export interface LocalPlaygroundChannel {
  kind: 'localPlayground';
}

export interface Config {
  /** The Entra tenant of the managed service provider; the bot serves nobody else. */
  tenantId: string;
  /** Entra object ids. */
  firstAdmins: string[];
  /** An origin, without a slash at its end. */
  publicUrl: string;
  /** More hosts that requests may name. */
  allowedHosts?: string[];
  /** The proxies whose X-Forwarded-For is trusted. */
  trustedProxies?: Network[];
  host: string;
  port: number;
  logLevel: Variables['LOG_LEVEL'];
  /** The folder of the built agent program and its SHA-256. */
  agentFolder: string;
  storage:
    | { kind: 'mongodb'; uri: string; database: string; allowPlain?: true }
    | { kind: 'sqlite'; folder: string };
  channel: BotFrameworkChannel | LocalPlaygroundChannel;
  graph: {
    appId: string;
    credential: Secret | CertificateFiles | { kind: 'managedIdentity'; clientId: string };
    loginUrl: string;
    graphUrl: string;
  };
  integrations: {
    /** The first one seals. Empty: the bot can store no API key. */
    masterKeys: MasterKey[];
    /** Origins, by region. */
    itGlueUrls: Record<(typeof IT_GLUE_REGIONS)[number], string>;
    /** Allows Hudu on loopback and in private networks, and with a port. */
    huduPrivateHosts: boolean;
  };
}

const clouds = {
  Public: {
    cloud: 'public',
    metadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.com',
  },
  USGov: {
    cloud: 'government',
    metadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.us',
  },
} as const;

/**
 * The whole configuration, from the environment alone. An empty variable counts as absent. Throws
 * ConfigFault with every fault at once, named by variable, without any value.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = presentOnly(env);
  const parsed = variables.safeParse(given);
  const issues = parsed.success ? [] : parsed.error.issues;
  const single = issues.map(({ path, message }) => ({ name: String(path[0]), problem: message }));
  const combined = combinationFaults(given).filter(
    ({ name }) => !single.some((fault) => fault.name === name),
  );
  if (!parsed.success || combined.length > 0) throw new ConfigFault([...single, ...combined]);
  return toConfig(parsed.data);
}

function presentOnly(env: Record<string, string | undefined>): Given {
  const trimmed = Object.keys(variables.shape).map((name) => [name, env[name]?.trim()]);
  return Object.fromEntries(trimmed.filter(([, value]) => value));
}

function toConfig(v: Variables): Config {
  return {
    tenantId: v.TEAMS_TENANT_ID,
    firstAdmins: v.FIRST_ADMINS,
    publicUrl: v.PUBLIC_URL,
    allowedHosts: v.ALLOWED_HOSTS,
    trustedProxies: v.TRUSTED_PROXIES,
    host: v.HOST,
    port: v.PORT,
    logLevel: v.LOG_LEVEL,
    agentFolder: v.AGENT_DIR,
    storage: v.MONGODB_URI
      ? {
          kind: 'mongodb',
          uri: v.MONGODB_URI,
          database: v.MONGODB_DATABASE,
          ...(v.MONGODB_ALLOW_PLAIN === 'true' && { allowPlain: true }),
        }
      : { kind: 'sqlite', folder: v.DATA_DIR },
    channel: v.BOT_CHANNEL === 'local-playground' ? { kind: 'localPlayground' } : botFramework(v),
    graph: {
      appId: v.GRAPH_APP_ID,
      credential: graphCredential(v),
      loginUrl: v.MICROSOFT_LOGIN_URL,
      graphUrl: v.GRAPH_URL,
    },
    integrations: {
      masterKeys: v.MASTER_KEYS,
      itGlueUrls: { us: v.IT_GLUE_URL_US, eu: v.IT_GLUE_URL_EU, au: v.IT_GLUE_URL_AU },
      huduPrivateHosts: v.HUDU_ALLOW_PRIVATE_HOSTS === 'true',
    },
  };
}

function botFramework(v: Variables): BotFrameworkChannel {
  const { cloud, metadataUrl, issuer } = clouds[v.BOT_CLOUD];
  return {
    kind: 'botFramework',
    appId: present(v, 'BOT_APP_ID'),
    tenantId: v.TEAMS_TENANT_ID,
    credential:
      v.BOT_APP_TYPE === 'UserAssignedMSI'
        ? { kind: 'managedIdentity' }
        : secretOrCertificate(v, 'BOT_APP_PASSWORD', 'BOT_APP'),
    cloud,
    metadataUrl: v.BOT_OPENID_METADATA_URL ?? metadataUrl,
    issuer: v.BOT_TOKEN_ISSUER ?? issuer,
  };
}

function graphCredential(v: Variables): Config['graph']['credential'] {
  const clientId = v.GRAPH_APP_MANAGED_IDENTITY_CLIENT_ID;
  return clientId
    ? { kind: 'managedIdentity', clientId }
    : secretOrCertificate(v, 'GRAPH_APP_SECRET', 'GRAPH_APP');
}

function secretOrCertificate(
  v: Variables,
  secretName: 'BOT_APP_PASSWORD' | 'GRAPH_APP_SECRET',
  prefix: 'BOT_APP' | 'GRAPH_APP',
): Secret | CertificateFiles {
  const secret = v[secretName];
  if (secret) return { kind: 'secret', secret };
  const certificateFile = present(v, `${prefix}_CERTIFICATE_FILE`);
  return { kind: 'certificate', certificateFile, keyFile: present(v, `${prefix}_CERTIFICATE_KEY_FILE`) };
}

/** `combinationFaults` ensures that it is set; if it were not, the process would not start. */
function present<K extends 'BOT_APP_ID' | `${'BOT' | 'GRAPH'}_APP_CERTIFICATE${'' | '_KEY'}_FILE`>(
  v: Variables,
  name: K,
): string {
  const value = v[name];
  if (!value) throw new ConfigFault([{ name, problem: 'is missing' }]);
  return value;
}
