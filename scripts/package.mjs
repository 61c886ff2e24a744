/**
 * `npm run package`: fills the manifest's placeholders from the environment, or else from env/.env.dev
 * (`--env NAME` for another file), validates it against Microsoft's schema, and writes
 * build/keyturn-teams.zip (`--out FILE`).
 */
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, parseEnv } from 'node:util';
import manifests from '@microsoft/app-manifest';
import { ZipFile } from 'yazl';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const placeholder = /\$\{\{(\w+)\}\}/g;

class PackageFault extends Error {}

function fill(template, settings) {
  const names = new Set([...template.matchAll(placeholder)].map((match) => match[1]));
  const missing = [...names].filter((name) => !settings[name]);
  if (missing.length > 0) throw new PackageFault(`Not set: ${missing.join(', ')}`);
  return template.replace(placeholder, (_, name) => JSON.stringify(settings[name]).slice(1, -1));
}

async function validate(manifest) {
  const version = `teams/v${manifest.manifestVersion}/MicrosoftTeams.schema.json`;
  const schemas = join(root, 'node_modules/@microsoft/app-manifest/build/json-schemas');
  const schema = JSON.parse(readFileSync(join(schemas, version), 'utf8'));
  const faults = await manifests.AppManifestUtils.validateAgainstSchema(manifest, schema);
  if (faults.length > 0) throw new PackageFault(`The manifest is not valid:\n  ${faults.join('\n  ')}`);
}

function readSettings(name) {
  const file = join(root, `env/.env.${name}`);
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return { ...written, ...process.env };
}

async function makePackage({ env, out }) {
  const text = fill(readFileSync(join(root, 'appPackage/manifest.json'), 'utf8'), readSettings(env));
  const manifest = JSON.parse(text);
  await validate(manifest);
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(text), 'manifest.json');
  for (const icon of Object.values(manifest.icons)) zip.addFile(join(root, 'appPackage', icon), icon);
  zip.end();
  mkdirSync(dirname(out), { recursive: true });
  await pipeline(zip.outputStream, createWriteStream(out));
}

const { values } = parseArgs({
  options: {
    env: { type: 'string', default: 'dev' },
    out: { type: 'string', default: join(root, 'build/keyturn-teams.zip') },
  },
});
try {
  await makePackage({ env: values.env, out: resolve(values.out) });
  console.log(`Wrote ${relative(process.cwd(), resolve(values.out))}`);
} catch (fault) {
  if (!(fault instanceof PackageFault)) throw fault;
  console.error(fault.message);
  process.exitCode = 1;
}
