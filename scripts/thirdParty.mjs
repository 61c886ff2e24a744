/** The licences of the packages in a bundle; their authors require that every copy includes them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LICENCE = /^(licen[cs]e|notice|copying)(\.(md|txt))?$/i;

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => LICENCE.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}

/** `inputs`: the file names in esbuild's metafile. */
export function thirdPartyLicences(inputs, root) {
  const folders = inputs.flatMap(
    (input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [],
  );
  const found = [...new Set(folders)].sort().map((folder) => join(root, folder));
  return found
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map(licenceOf)
    .join('\n\n----\n\n');
}
