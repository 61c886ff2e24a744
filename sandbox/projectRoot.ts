import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json, found from the sources and from `dist`. */
export const projectRoot = (from = __dirname): string =>
  existsSync(join(from, 'package.json')) || dirname(from) === from ? from : projectRoot(dirname(from));
