/**
 * Where something may be said: anywhere, for it tells nothing; where one person alone reads it; by default
 * where everybody may see customers.
 */
export type Audience = 'anywhere' | 'personal';
