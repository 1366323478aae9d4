import { describe, expect, it } from 'vitest';
import { findMissingPrivileges, privilegeSentence } from './missing-privileges.ts';
import type { PrivilegeNeed } from './missing-privileges.ts';

const ALL = '000001ffffffffff';

function namesOf(needs: readonly PrivilegeNeed[], capabilities: string): readonly string[] {
  const status = `Name:\tnode\nCapPrm:\t${ALL}\nCapEff:\t${capabilities}\nCapBnd:\t0\n`;
  return findMissingPrivileges(new Set(needs), status).missing;
}

describe('findMissingPrivileges', () => {
  it('reads off the effective capabilities whether frame numbers will be shown', () => {
    expect(namesOf([], ALL)).toEqual([]);
    expect(namesOf([], '0000000000200000')).toEqual([]);
    expect(namesOf([], '000001ffffdfffff')).toEqual(['CAP_SYS_ADMIN']);
    expect(findMissingPrivileges(new Set(), 'no such line').missing).toEqual(['CAP_SYS_ADMIN']);
  });

  it('names what was missed and is not there, and nothing else', () => {
    const admin = 0x20_0000;
    const [readAll, override, ptrace] = [0x4, 0x2, 0x8_0000];
    expect(namesOf(['frame-flags'], '0')).toEqual(['CAP_SYS_ADMIN', 'CAP_DAC_READ_SEARCH']);
    expect(namesOf(['other-process', 'frame-flags'], '0')).toEqual([
      'CAP_SYS_ADMIN',
      'CAP_DAC_READ_SEARCH',
      'CAP_SYS_PTRACE',
    ]);
    for (const dac of [readAll, override]) {
      const held = (admin + dac).toString(16);
      expect(namesOf(['other-process'], held)).toEqual(['CAP_SYS_PTRACE']);
    }
    const held = (admin + ptrace).toString(16);
    expect(namesOf(['other-process'], held)).toEqual(['CAP_DAC_READ_SEARCH']);
  });

  it('says it in one sentence, also when no capability is missing', () => {
    const flags = new Set<PrivilegeNeed>(['frame-flags']);
    const missing = findMissingPrivileges(flags, 'CapEff:\t0000000000200000');
    expect(privilegeSentence(12, missing)).toBe(
      'process 12 may not be read: missing CAP_DAC_READ_SEARCH (to open /proc/kpageflags, which belongs to root); run the command as root',
    );
    const refused = findMissingPrivileges(flags, `CapEff:\t${ALL}`);
    expect(refused).toEqual({ missing: [], isElsewhere: true });
    expect(privilegeSentence(12, refused)).toBe(
      'process 12 may not be read: no capability is missing, so a security module or the user namespace (a container) refuses it; run the command as root outside of both',
    );
  });
});
