import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../files';
import type { HoldFolder } from '../ports';
import { LOCK_FILE } from '../settings';

/** A flag of libuv: nobody else can open the file while it is open (share mode 0 of CreateFile). */
const UV_FS_O_EXLOCK = 0x10000000;

/**
 * Holds the folder with a file that only this process can open. Windows closes it with the process, however
 * that ends.
 */
export const holdOnWindows: HoldFolder = async (folder) => {
  try {
    const file = await open(join(folder, LOCK_FILE), constants.O_RDWR | constants.O_CREAT | UV_FS_O_EXLOCK);
    return () => file.close();
  } catch (error) {
    if (codeOf(error) === 'EBUSY') return undefined;
    throw error;
  }
};
