import { createServer } from 'node:http';
import { reportPort } from '../stage/reportPort';

/** The floor: reads an activity and replies with its text, without any other work. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { text } = JSON.parse(Buffer.concat(chunks).toString());
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ text }));
  });
});
reportPort(server);
