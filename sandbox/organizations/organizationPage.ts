import type { SandboxResponse } from '../microsoft/http';
import type { SandboxOrganization } from './organization';

/** The page that a person sees after following the link to an organization. */
export function organizationPage(vendor: string, organization?: SandboxOrganization): SandboxResponse {
  const words = organization ? organization.name || '(no name)' : 'There is no such organization.';
  return {
    status: organization ? 200 : 404,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
    },
    body: `<!doctype html><html lang="en"><title>${vendor} (sandbox)</title><h1>${escaped(words)}</h1><p>${vendor}, as the sandbox plays it.</p></html>`,
  };
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
