import { type SandboxOrganization, STATUSES, TYPES } from '../organizations/organization';

/**
 * How the account answers where IT Glue's documentation leaves that open. The product must understand every
 * variant.
 */
export interface Speech {
  /** The spelling of attribute names: `organization-status-id` or `organization_status_id`. */
  spelling: '-' | '_';
  /** Whether `meta` says how many pages and organizations there are. */
  totals: boolean;
  /** Whether `filter[name]` distinguishes capital letters from small ones. */
  matchesCase: boolean;
  /** Who refuses an unknown key: the gateway, with 403 `{"message":"Forbidden"}`, or the API, with 401. */
  unknownKeys: 'gateway' | 'api';
}

export const SPEECH: Speech = { spelling: '-', totals: true, matchesCase: false, unknownKeys: 'gateway' };

const FIRST_STATUS = 68;
const FIRST_TYPE = 86;
export const statusIdOf = ({ status }: SandboxOrganization) => FIRST_STATUS + STATUSES.indexOf(status);
export const typeIdOf = ({ type }: SandboxOrganization) => FIRST_TYPE + TYPES.indexOf(type);

const SINCE = '2016-09-14T17:02:44.000Z';
const named =
  (type: string, first: number) =>
  (name: string, index: number): unknown => ({
    id: String(first + index),
    type,
    attributes: { name, 'created-at': SINCE, 'updated-at': SINCE },
  });
export const STATUS_RESOURCES = STATUSES.map(named('organization-statuses', FIRST_STATUS));
export const TYPE_RESOURCES = TYPES.map(named('organization-types', FIRST_TYPE));

/** An organization as IT Glue's API shows it; `url` is the address of its page. */
export function organizationResource(one: SandboxOrganization, url: string, { spelling }: Speech): unknown {
  const attributes: Record<string, unknown> = {
    'resource-url': url,
    name: one.name,
    alert: null,
    description: null,
    'organization-type-id': typeIdOf(one),
    'organization-type-name': one.type,
    'organization-status-id': statusIdOf(one),
    'organization-status-name': one.status,
    primary: one.type === 'Owner',
    logo: '',
    'quick-notes': null,
    'short-name': shortNameOf(one.name),
    'created-at': one.createdAt,
    'updated-at': one.updatedAt,
    'parent-id': null,
    'ancestor-ids': null,
    ...one.damage,
  };
  return {
    id: String(one.id),
    type: 'organizations',
    attributes:
      spelling === '-'
        ? attributes
        : Object.fromEntries(
            Object.entries(attributes).map(([name, value]) => [name.replaceAll('-', '_'), value]),
          ),
  };
}

export const shortNameOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 8);
