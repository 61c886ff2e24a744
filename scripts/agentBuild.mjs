/**
 * `npm run agent:build`: writes build/agent/keyturn-agent.cjs (the agent as one file, for Linux),
 * keyturn-agent.exe (with its Windows runtime), and the SHA-256 of each. With AGENT_SIGNING_KEY_FILE (an
 * Ed25519 private key, PEM) it also writes each signature as `.sig`: Ed25519 over the file's bytes, base64.
 * The signing key's public half is built in; `keyturn-agent update` accepts no other. `--bundle` leaves the
 * executable out.
 */
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { makeExecutable } from './singleExecutable.mjs';
import { thirdPartyLicences } from './thirdParty.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'build/agent');
const bundle = join(folder, 'keyturn-agent.cjs');
const executable = join(folder, 'keyturn-agent.exe');

class BuildFault extends Error {}

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

function requireSameVersion() {
  const said = /VERSION = '([^']+)'/.exec(readFileSync(join(root, 'agent/version.ts'), 'utf8'))?.[1];
  if (said !== version) throw new BuildFault(`agent/version.ts says ${said}, package.json ${version}`);
}

function readSigningKey() {
  const file = process.env.AGENT_SIGNING_KEY_FILE;
  if (!file) return undefined;
  const key = createPrivateKey(readFileSync(file));
  if (key.asymmetricKeyType !== 'ed25519')
    throw new BuildFault('AGENT_SIGNING_KEY_FILE: is not an Ed25519 key');
  return key;
}

const publicHalf = (key) => (key ? createPublicKey(key).export({ format: 'jwk' }).x : '');

/** Names are kept, because the code distinguishes errors by their names. */
async function makeBundle(signingKey) {
  const options = {
    entryPoints: [join(root, 'agent/index.ts')],
    absWorkingDir: root,
    outfile: bundle,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    minify: true,
    keepNames: true,
    legalComments: 'inline',
    banner: { js: `#!/usr/bin/env node\n/*! keyturn-agent ${version} */` },
    define: { KEYTURN_RELEASE_KEY: JSON.stringify(publicHalf(signingKey)) },
    logLevel: 'warning',
  };
  const { metafile } = await build({ ...options, metafile: true, write: false });
  const licences = thirdPartyLicences(Object.keys(metafile.inputs), root);
  await build({ ...options, footer: { js: `/*!\n${licences.replaceAll('*/', '* /')}\n*/` } });
}

function seal(file, signingKey) {
  const bytes = readFileSync(file);
  const digest = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(`${file}.sha256`, `${digest}  ${basename(file)}\n`);
  if (signingKey) writeFileSync(`${file}.sig`, `${sign(null, bytes, signingKey).toString('base64')}\n`);
  console.log(`${file} (${(bytes.length / 1024 / 1024).toFixed(1)} MB)\n  SHA-256 ${digest}`);
}

async function agentBuild(args) {
  requireSameVersion();
  const signingKey = readSigningKey();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await makeBundle(signingKey);
  chmodSync(bundle, 0o755);
  seal(bundle, signingKey);
  if (args.includes('--bundle')) return;
  await makeExecutable(bundle, executable);
  chmodSync(executable, 0o755);
  seal(executable, signingKey);
  if (!signingKey)
    console.log('Not signed: AGENT_SIGNING_KEY_FILE is not set, so no agent takes it as an update.');
}

try {
  await agentBuild(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BuildFault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
