import type { z } from 'zod';
import { invalidInput } from '../../domain/errors';

/** The data of a card, as its schema says. Throws invalidInput for data of an earlier version, or made up. */
export function readCardData<Data>(schema: z.ZodType<Data, z.ZodTypeDef, unknown>, data: unknown): Data {
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  throw invalidInput(
    'I couldn’t read what this card sent. Nothing was changed. Please use the newest card, or type “help”.',
  );
}
