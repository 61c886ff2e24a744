import { obey } from './obeyingAgent';

const [, , folder = '', server = '', death = ''] = process.argv;

/** Carries out orders up to the point where the test wants it to die. */
void obey({ folder, server }, new AbortController().signal, (point) => {
  if (point === death) process.kill(process.pid, 'SIGKILL');
});
