/** What the kernel refused when it was tried. */
export type PrivilegeNeed = 'other-process' | 'frame-flags';

/** Which capabilities are missing; `isElsewhere` when all are there and access is refused all the same. */
export type PrivilegeReport = {
  readonly missing: readonly CapabilityName[];
  readonly isElsewhere: boolean;
};

/** Their bits in CapEff. Source: Linux 6.18 include/uapi/linux/capability.h. */
const CAPABILITY_BITS = {
  CAP_SYS_ADMIN: [21],
  // CAP_DAC_OVERRIDE allows the same and more.
  CAP_DAC_READ_SEARCH: [2, 1],
  CAP_SYS_PTRACE: [19],
} as const;
type CapabilityName = keyof typeof CAPABILITY_BITS;

const PURPOSES: Readonly<Record<CapabilityName, string>> = {
  CAP_SYS_ADMIN: 'to see frame numbers in /proc/PID/pagemap',
  CAP_DAC_READ_SEARCH: 'to open /proc/kpageflags, which belongs to root',
  CAP_SYS_PTRACE: 'to look into a process that belongs to another user or is protected',
};

/**
 * Names the capabilities that are missing.
 *
 * @param needs   What was refused. The kernel lets the owner of a process open pagemap and hides the frame
 *   numbers from those without CAP_SYS_ADMIN, so that one is needed always.
 * @param status  The text of /proc/self/status.
 * @source Linux 6.18 fs/proc/task_mmu.c pagemap_open(), pagemap_read(), kernel/ptrace.c
 *   ptrace_may_access(), fs/proc/page.c, Documentation/admin-guide/mm/pagemap.rst.
 */
export function findMissingPrivileges(
  needs: ReadonlySet<PrivilegeNeed>,
  status: string,
): PrivilegeReport {
  const [, effective = '0'] = /^CapEff:\s*([0-9a-f]+)$/m.exec(status) ?? [];
  const held = BigInt(`0x${effective}`);
  const isHeld = (name: CapabilityName): boolean =>
    CAPABILITY_BITS[name].some((bit) => ((held >> BigInt(bit)) & 1n) === 1n);
  const needed: CapabilityName[] = ['CAP_SYS_ADMIN'];
  // The pagemap of a process is open to its user only, and kpageflags to root only.
  if (needs.size > 0) needed.push('CAP_DAC_READ_SEARCH');
  if (needs.has('other-process')) needed.push('CAP_SYS_PTRACE');
  const missing = needed.filter((name) => !isHeld(name));
  return { missing, isElsewhere: missing.length === 0 && needs.size > 0 };
}

/** Says what is missing and what to do, in one sentence. */
export function privilegeSentence(pid: number, { missing }: PrivilegeReport): string {
  const refused = `process ${pid} may not be read`;
  if (missing.length === 0) {
    return `${refused}: no capability is missing, so a security module or the user namespace (a container) refuses it; run the command as root outside of both`;
  }
  const list = missing.map((name) => `${name} (${PURPOSES[name]})`).join(', ');
  return `${refused}: missing ${list}; run the command as root`;
}

/** Says why frames stay hidden although the process has the capability. */
export function hiddenFramesSentence(pid: number): string {
  return `process ${pid} may not be read: the kernel hides its frame numbers, since CAP_SYS_ADMIN counts in the first user namespace only and this is another (a container); run the command as root outside of it`;
}
