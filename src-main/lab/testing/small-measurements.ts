import { createHash } from 'node:crypto';
import { SPAN_TABLE_SCHEMA } from '#contract';
import type { SpanTableDocument } from '#contract';
import type { MeasurementStart } from '../library/index.ts';

function smallDocument(p50Ns: number): SpanTableDocument {
  return {
    schema: SPAN_TABLE_SCHEMA,
    kind: 'span-table',
    unreadColumns: [],
    rows: [
      {
        line: 2,
        table: 'pin-register',
        run: 1,
        layout: 'base4k',
        mode: 'hot',
        bytes: 4096,
        offsetBytes: 0,
        metric: 'pin_span',
        device: null,
        op: null,
        pages: 1,
        folios: 1,
        folioPages: 1,
        physicalRuns: 1,
        leafEntries: 1,
        pmdShare: 0,
        test: null,
        variant: null,
        samples: 10,
        minNs: 1,
        p50Ns,
        p90Ns: p50Ns,
        p99Ns: p50Ns,
        meanNs: p50Ns,
      },
    ],
  };
}

/** A measured file of one row; files with another figure are other files. */
export function smallMeasurement(sessionId: string, p50Ns = 160): MeasurementStart {
  return {
    sessionId,
    name: `spans of ${p50Ns} ns`,
    fileName: 'pin-register.csv',
    sha256: createHash('sha256').update(String(p50Ns)).digest('hex'),
    bytes: 123,
    command: null,
    summary: '1 row',
    document: smallDocument(p50Ns),
  };
}
