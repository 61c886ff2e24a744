import { z } from 'zod';
import type { Organization } from '../../domain/organizations/organization';
import { numberedIdSchema, pageUrl, type RowReader, textOf } from '../shared/rows';

const companySchema = z.object({
  id: numberedIdSchema,
  name: z.string(),
  archived: z.boolean().nullish(),
  company_type: z.unknown(),
  full_url: z.unknown(),
  url: z.unknown(),
});

type Company = z.output<typeof companySchema>;

/** The companies of the Hudu at `baseUrl` as organizations. */
export const companyRows = (baseUrl: URL): RowReader<Company> => ({
  schema: companySchema,
  toOrganization: (company) => toOrganization(company, baseUrl),
});

function toOrganization({ id, name, archived, ...rest }: Company, baseUrl: URL): Organization {
  const typeName = textOf(rest.company_type);
  const url = pageUrl(rest.full_url) ?? pageUrl(rest.url, baseUrl);
  return {
    id: String(id),
    name,
    state: archived ? 'archived' : 'active',
    ...(typeName && { typeName }),
    ...(url && { url }),
  };
}

export const listSchema = z.object({ companies: z.array(z.unknown()) });
export const oneSchema = (baseUrl: URL) =>
  z.object({ company: companySchema.transform((company) => toOrganization(company, baseUrl)) });
/** A version in an unknown form counts as missing. */
export const infoSchema = z.object({
  version: z
    .union([z.string().max(100), z.number().transform(String)])
    .optional()
    .catch(undefined),
});

/**
 * Whether `version` is `least` or later, compared number by number. A version without any number is accepted.
 */
export function isAtLeast(version: string, least: string): boolean {
  const [has, needs] = [numbersOf(version), numbersOf(least)];
  if (has.length === 0) return true;
  const index = needs.findIndex((need, at) => (has[at] ?? 0) !== need);
  return index === -1 || (has[index] ?? 0) > (needs[index] ?? 0);
}

const numbersOf = (version: string): number[] =>
  (/\d+(\.\d+)*/.exec(version)?.[0].split('.') ?? []).map(Number);
