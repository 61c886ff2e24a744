import { createHash } from 'node:crypto';
import type { SandboxOrganization } from '../organizations/organization';

/** A company as Hudu's API shows it; `base` is the address of the installation. */
export function company(one: SandboxOrganization, base: string): Record<string, unknown> {
  const slug = slugOf(one);
  return {
    id: one.id,
    slug,
    name: one.name,
    nickname: null,
    address_line_1: `${one.id} Harbour Street`,
    address_line_2: '',
    city: one.city,
    state: '',
    zip: '',
    country_name: 'United Kingdom',
    phone_number: '',
    company_type: one.type,
    parent_company_id: null,
    parent_company_name: null,
    fax_number: '',
    website: one.website,
    notes: null,
    archived: one.archived,
    object_type: 'Company',
    id_number: String(one.id).padStart(5, '0'),
    url: `/c/${slug}`,
    full_url: `${base}/c/${slug}`,
    passwords_url: `${base}/passwords?company=${slug}`,
    knowledge_base_url: `${base}/kba?company=${slug}`,
    created_at: one.createdAt,
    updated_at: one.updatedAt,
    integrations: integrationsOf(one),
    ...one.damage,
  };
}

/** The letters and digits of the name, and a suffix that separates companies of the same name. */
export function slugOf({ id, name }: SandboxOrganization): string {
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const mark = createHash('sha256').update(String(id)).digest('hex').slice(0, 12);
  return [words.slice(0, 60), mark].filter(Boolean).join('-');
}

/** Every second company came from the provider's ticket system. */
function integrationsOf({ id, name }: SandboxOrganization): Record<string, unknown>[] {
  if (id % 2 === 0) return [];
  return [
    {
      id: 20_000 + id,
      integrator_id: 3,
      integrator_name: 'autotask',
      sync_id: 70_000 + id,
      identifier: String(70_000 + id),
      name,
      potential_company_id: null,
      company_id: id,
      company_name: name,
    },
  ];
}
