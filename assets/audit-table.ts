import type { AuditTable } from '../lib/model/audit.js';
import table from './audit/table.json' with { type: 'json' };

/** The table that ships: names of keys and reasons from public sources, to be replaced by the board's approved auditor (domain/governance.md §3, data/wales_coding_audit_codes.tsv). */
export const shippedAuditTable = table as AuditTable;
