import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaMemory, parseAreas, parseTmpfsDevices } from './parse-areas.ts';

const SMAPS = `7f26a7200000-7f26a7400000 rw-p 00000000 00:00 0 
Size:               2048 kB
KernelPageSize:        4 kB
MMUPageSize:           4 kB
Rss:                2048 kB
AnonHugePages:      2048 kB
ShmemPmdMapped:        0 kB
FilePmdMapped:         0 kB
THPeligible:           1
ProtectionKey:         0
VmFlags: rd wr mr mw me ac sd hg 
7f26a7400000-7f26a7800000 rw-s 00000000 00:0f 31                         /dev/hugepages/a b (deleted)
Size:               4096 kB
KernelPageSize:     2048 kB
VmFlags: rd wr sh mr mw me ms de ht sd 
7ffd5dbf4000-7ffd5dbf8000 r--p 00000000 00:00 0                          [vvar]
Size:                 16 kB
KernelPageSize:        4 kB
VmFlags: rd mr pf io de dd sd 
ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
`;

describe('parseAreas', () => {
  it('reads pages, permissions, entry size, PMD totals and flags from smaps', () => {
    const [huge, file, vvar, vsyscall] = parseAreas(SMAPS);

    expect(huge).toEqual({
      startPage: 0x7f26a7200,
      endPage: 0x7f26a7400,
      isReadable: true,
      isWritable: true,
      isShared: false,
      device: '00:00',
      name: '',
      entryKiB: 4,
      pmdMappedKiB: 2048,
      isHugetlb: false,
      isSpecial: false,
    });
    expect(file).toMatchObject({
      isShared: true,
      isHugetlb: true,
      entryKiB: 2048,
      name: '/dev/hugepages/a b (deleted)',
    });
    expect(vvar).toMatchObject({ isSpecial: true, isWritable: false, name: '[vvar]' });
    expect(vsyscall).toMatchObject({ isReadable: false, startPage: 0xffffffffff600 });
  });

  it('survives any text, and loses no area whatever stands between', () => {
    const header = '00400000-00401000 r-xp 00000000 fe:00 12 /bin/x';
    const lines = fc.array(fc.oneof(fc.string(), fc.constant(header), fc.constant('Size: 4 kB')));
    fc.assert(
      fc.property(lines, (found) => {
        const areas = parseAreas(found.join('\n'));
        const headers = found
          .join('\n')
          .split('\n')
          .filter((line) => line === header);
        expect(areas.filter(({ name }) => name === '/bin/x').length).toBe(headers.length);
      }),
    );
  });
});

describe('areaMemory', () => {
  const devices = parseTmpfsDevices(`24 27 0:6 / /dev rw,relatime - devtmpfs devtmpfs rw
25 24 0:23 / /dev/shm rw - tmpfs tmpfs rw,size=24684096k
26 27 259:18 / /home rw,relatime shared:1 - ext4 /dev/nvme0n1 rw
30 27 0:300 / /mnt/tmpfs rw - tmpfs none rw
`);

  it('finds the devices of tmpfs mounts, which maps writes in hexadecimal', () => {
    expect([...devices]).toEqual(['00:06', '00:17', '00:12c']);
  });

  it.each([
    ['00:00', '', 'anon'],
    ['00:00', '[heap]', 'anon'],
    ['00:00', '[anon:v8]', 'anon'],
    ['00:01', '/dev/zero (deleted)', 'shmem'],
    ['00:01', '/memfd:buffer (deleted)', 'shmem'],
    ['00:01', '/SYSV00000000 (deleted)', 'shmem'],
    ['00:17', '/dev/shm/pages', 'shmem'],
    ['103:12', '/home/pages', 'file'],
    ['00:0e', 'anon_inode:[io_uring]', 'file'],
  ])('device %s and name "%s" are %s', (device, name, memory) => {
    const [area] = parseAreas(`00400000-00401000 rw-s 00000000 ${device} 12   ${name}`);

    expect(area && areaMemory(area, devices)).toBe(memory);
  });
});
