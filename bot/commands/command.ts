import { z } from 'zod';
import type { Actor } from '../../domain/people/person';
import type { Command } from '../appDeps';

/** Keeps the types of `args` and `run` together. */
export const command = <Args extends object>(definition: Command<Args>): Command<Args> => definition;

/** For a command that needs nothing but its title. */
export const noArgs = {
  args: z.object({}),
};

export const mayRun = ({ permissions }: Pick<Actor, 'permissions'>, { permission }: Command): boolean =>
  !permission || permissions.has(permission);
