import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { endUnlessTaken } from '../../../bot/http/answer';

const answered = () => new ServerResponse(new IncomingMessage(new Socket()));

test('sends a ready answer, and does not wait for one that was cut off', () => {
  const [cut, ready] = [answered(), answered()];
  cut.destroy();
  const before = cut.listenerCount('close');
  endUnlessTaken(cut, 1_000);
  endUnlessTaken(ready, 1_000);
  expect(cut.listenerCount('close')).toBe(before);
  expect(ready.listenerCount('close')).toBe(1);
});
