/**
 * Who may read along. Anybody, because it names no customer; one person alone; by default, only people who
 * may see customers.
 */
export type Audience = 'anywhere' | 'personal';
