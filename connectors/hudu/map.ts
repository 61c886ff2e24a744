import { z } from 'zod';
import type { Organization } from '../../domain/organizations/organization';
import { idSchema, optionalText, pageUrl } from '../shared/rows';

/** One company of the Hudu at `baseUrl` as an organization. */
export const companySchema = (baseUrl: URL) =>
  z
    .object({
      id: idSchema,
      name: z.string(),
      archived: z.boolean().nullish(),
      company_type: optionalText,
      full_url: optionalText,
      url: optionalText,
    })
    .transform((company): Organization => {
      const typeName = company.company_type;
      const url = pageUrl(company.full_url) ?? pageUrl(company.url, baseUrl);
      return {
        id: company.id,
        name: company.name,
        state: company.archived ? 'archived' : 'active',
        ...(typeName && { typeName }),
        ...(url && { url }),
      };
    });

export const listSchema = z.object({ companies: z.array(z.unknown()) });
export const oneSchema = (baseUrl: URL) => z.object({ company: companySchema(baseUrl) });
export const infoSchema = z.object({ version: z.string().max(100) });

/** Whether `version` is `least` or later, number by number; a version without any number is not judged. */
export function isAtLeast(version: string, least: string): boolean {
  const [has, needs] = [numbersOf(version), numbersOf(least)];
  if (has.length === 0) return true;
  const index = needs.findIndex((need, at) => (has[at] ?? 0) !== need);
  return index === -1 || (has[index] ?? 0) > (needs[index] ?? 0);
}

const numbersOf = (version: string): number[] =>
  (/\d+(\.\d+)*/.exec(version)?.[0].split('.') ?? []).map(Number);
