import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRawSync, inflateSync } from 'node:zlib';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import template from '../../appPackage/manifest.json';
import { commands } from '../../bot/commands/index';

const root = join(__dirname, '../..');
const filled: Record<string, string> = {
  TEAMS_APP_ID: '11111111-1111-4111-8111-111111111111',
  BOT_APP_ID: '22222222-2222-4222-8222-222222222222',
  PUBLIC_HOST: 'keyturn.example.com',
  WEBSITE_URL: 'https://msp.example.com',
  PRIVACY_URL: 'https://msp.example.com/privacy',
  TERMS_URL: 'https://msp.example.com/terms',
};
const read = (path: string) => readFileSync(join(root, path));
const fill = (text: string) => text.replace(/\$\{\{(\w+)\}\}/g, (_, name) => filled[name] ?? `no ${name}`);
const manifest = () => JSON.parse(fill(read('appPackage/manifest.json').toString())) as typeof template;

/**
 * Microsoft's schema says draft-04 and uses keywords of later drafts: we check it as draft-07, which
 * knows them all.
 */
function schemaOf(version: string) {
  const file = `node_modules/@microsoft/app-manifest/build/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`;
  const { $schema, ...schema } = JSON.parse(read(file).toString());
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats(ajv);
  return ajv.compile(schema);
}

/** Decodes a PNG with 8 bits a channel into rows of red, green, blue and (with alpha) opacity. */
function decodePng(png: Buffer) {
  const size = { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
  const channels = { 2: 3, 6: 4 }[png[25] ?? 0] ?? 0;
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const end = at + 8 + png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, end));
  }
  return {
    ...size,
    channels,
    pixels: unfilter(inflateSync(Buffer.concat(data)), size.width * channels, channels),
  };
}

function unfilter(raw: Buffer, stride: number, channels: number): Buffer {
  const out = Buffer.alloc((raw.length / (stride + 1)) * stride);
  for (let i = 0; i < out.length; i++) {
    const row = Math.floor(i / stride);
    const inRow = i % stride;
    const left = inRow < channels ? 0 : (out[i - channels] ?? 0);
    const up = row === 0 ? 0 : (out[i - stride] ?? 0);
    const corner = row === 0 || inRow < channels ? 0 : (out[i - stride - channels] ?? 0);
    const paeth = [left, up, corner].reduce((best, next) => {
      const far = (value: number) => Math.abs(left + up - corner - value);
      return far(next) < far(best) ? next : best;
    });
    const predicted = [0, left, up, (left + up) >> 1, paeth][raw[row * (stride + 1)] ?? 0] ?? 0;
    out[i] = ((raw[row * (stride + 1) + 1 + inRow] ?? 0) + predicted) & 255;
  }
  return out;
}

/** Reads the files of a zip by its central directory. */
function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    files.set(name, zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed));
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
}

describe('the manifest', () => {
  it('is valid against the schema that it names', () => {
    const validate = schemaOf('1.30');
    expect(validate(manifest()) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...manifest(), manifestVersion: '1.29' })).toBe(false);
    expect(validate({ ...manifest(), accentColor: 'blue' })).toBe(false);
    expect(manifest().$schema).toContain(`/v${manifest().manifestVersion}/`);
  });

  it('has one bot with one list of at most twelve commands, for every kind of chat where the bot talks', () => {
    const [bot, ...others] = manifest().bots;
    expect(others).toEqual([]);
    expect(bot?.scopes).toEqual(['personal', 'team', 'groupChat']);
    expect(bot?.commandLists.map((list) => list.scopes)).toEqual([bot?.scopes]);
    expect(bot?.commandLists[0]?.commands.length).toBeLessThanOrEqual(12);
  });

  it('lists the bot’s own commands, in the bot’s words and order', () => {
    const listed = commands.filter(({ listed }) => listed === true);
    expect(template.bots[0]?.commandLists[0]?.commands).toEqual(
      listed.map(({ title, description }) => ({ title, description })),
    );
  });
});

describe('the icons', () => {
  it('have the sizes that Teams asks for', () => {
    expect(decodePng(read(`appPackage/${template.icons.color}`))).toMatchObject({ width: 192, height: 192 });
    expect(decodePng(read(`appPackage/${template.icons.outline}`))).toMatchObject({ width: 32, height: 32 });
  });

  it('have a white outline on a transparent ground', () => {
    const { channels, pixels } = decodePng(read(`appPackage/${template.icons.outline}`));
    expect(channels).toBe(4);
    const all = Array.from({ length: pixels.length / 4 }, (_, i) => [...pixels.subarray(i * 4, i * 4 + 4)]);
    const seen = all.filter(([, , , opacity = 0]) => opacity > 0);
    expect(seen.filter(([...colour]) => colour.slice(0, 3).some((part) => part !== 255))).toEqual([]);
    expect(seen.length).toBeGreaterThan(100);
    expect(seen.length).toBeLessThan(all.length / 2);
  });
});

describe('npm run package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-package-'));
  const out = join(folder, 'keyturn-teams.zip');
  const run = (env: Record<string, string>) =>
    promisify(execFile)(process.execPath, ['scripts/package.mjs', '--env', 'none', '--out', out], {
      cwd: root,
      env,
    });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('names the missing settings and writes nothing', async () => {
    const { BOT_APP_ID, TERMS_URL, ...rest } = filled;
    await expect(run(rest)).rejects.toMatchObject({ stderr: 'Not set: TERMS_URL, BOT_APP_ID\n' });
    expect(existsSync(out)).toBe(false);
  });

  it('refuses what Teams would refuse', async () => {
    await expect(run({ ...filled, BOT_APP_ID: 'mine' })).rejects.toMatchObject({
      stderr: expect.stringContaining('/bots/0/botId must match pattern'),
    });
    expect(existsSync(out)).toBe(false);
  });

  it('writes the filled manifest and the icons', async () => {
    expect((await run(filled)).stdout).toContain('keyturn-teams.zip');
    const files = unzip(readFileSync(out));
    expect([...files.keys()].sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
    expect(JSON.parse(String(files.get('manifest.json')))).toEqual(manifest());
    expect(files.get('color.png')).toEqual(read('appPackage/color.png'));
  });
});
