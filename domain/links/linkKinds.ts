import { installLink } from '../agents/enrolment/installLink';
import { importListLink } from '../imports/importListLink';
import { keyEntryLink } from '../integrations/keyEntryLink';
import { signInLink } from '../tenants/signIn/signInLink';

/** Every kind of link; there is no other. */
export const linkKinds = {
  signIn: signInLink,
  keyEntry: keyEntryLink,
  installAgent: installLink,
  importList: importListLink,
};

type Kinds = typeof linkKinds;
export type LinkKindName = keyof Kinds;

/** Names the kind of link, and what it is for. */
export type LinkAsk = {
  [Name in LinkKindName]: { kind: Name } & Parameters<Kinds[Name]['prepare']>[1];
}[LinkKindName];

type All<Union> = (Union extends unknown ? (each: Union) => void : never) extends (each: infer Each) => void
  ? Each
  : never;

/** What making a link of any kind needs. */
export type LinkKindDeps = All<Parameters<Kinds[LinkKindName]['prepare']>[0]>;
