import { obey } from './obeyingAgent';

const [, , folder = '', server = '', death = ''] = process.argv;

/** Obeys until it has come to the point at which it is to die. */
void obey({ folder, server }, new AbortController().signal, (point) => {
  if (point === death) process.kill(process.pid, 'SIGKILL');
});
