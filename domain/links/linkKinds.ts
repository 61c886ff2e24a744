import { installLink } from '../agents/installLink';
import { importListLink } from '../imports/importListLink';
import { keyEntryLink } from '../integrations/keyEntryLink';
import { signInLink } from '../tenants/signInLink';

/** Every kind of link; one that is not in this list does not exist. */
export const linkKinds = {
  signIn: signInLink,
  keyEntry: keyEntryLink,
  installAgent: installLink,
  importList: importListLink,
};

type Kinds = typeof linkKinds;
export type LinkKindName = keyof Kinds;

/** Which link is asked for, and for what. */
export type LinkAsk = {
  [Name in LinkKindName]: { kind: Name } & Parameters<Kinds[Name]['prepare']>[1];
}[LinkKindName];

type All<Union> = (Union extends unknown ? (each: Union) => void : never) extends (each: infer Each) => void
  ? Each
  : never;

/** What making a link of any kind needs. */
export type LinkKindDeps = All<Parameters<Kinds[LinkKindName]['prepare']>[0]>;
