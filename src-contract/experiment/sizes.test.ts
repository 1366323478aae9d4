import { assert, constantFrom, double, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSize, readTime, sizeText, timeText } from './sizes.ts';

describe('sizes', () => {
  it('are bytes, or numbers with a unit of 1024 in any case', () => {
    const written = [4096, '4096', '4KiB', '4k', '4 K', '2M', '2mib', '1G', '0.5KiB', '7b'];

    expect(written.map(readSize)).toEqual(
      [4096, 4096, 4096, 4096, 4096, 2_097_152, 2_097_152, 1_073_741_824, 512, 7].map((value) => ({
        ok: true,
        value,
      })),
    );
  });

  it('with units of two meanings, fractions of bytes or no number are refused in one sentence', () => {
    const messages = ['4KB', '2MB', '12 parsecs', '0.3k', 'k', '-1', '1e3', '', 1.5, -1].map(
      (written) => {
        const reading = readSize(written);
        return reading.ok ? 'accepted' : reading.message;
      },
    );

    expect(messages[0]).toBe(
      'unknown unit "KB" in "4KB"; allowed: a size such as 512, 4KiB, 128k, 2M or 1GiB (1024 each step)',
    );
    expect(
      messages.filter((message) => !/^(found|unknown unit) .*; allowed: a size /.test(message)),
    ).toEqual([]);
  });

  it('written and read again are the same', () => {
    assert(
      property(integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        expect(readSize(sizeText(bytes))).toEqual({ ok: true, value: bytes });
      }),
    );
  });
});

describe('times', () => {
  it('are nanoseconds, or numbers with a unit', () => {
    const written = [250, '250', '250ns', '10us', '10µs', '10 μs', '1.5ms', '2s', '28.382us'];

    expect(written.map(readTime)).toEqual(
      [250, 250, 250, 10_000, 10_000, 10_000, 1_500_000, 2_000_000_000, 28_382].map((value) => ({
        ok: true,
        value,
      })),
    );
  });

  it('in other units are refused', () => {
    expect(readTime('3 minutes')).toEqual({
      ok: false,
      message:
        'unknown unit "minutes" in "3 minutes"; allowed: a time such as 250ns, 10us, 1.5ms or 2s',
    });
    expect([readTime(Number.NaN).ok, readTime(-1).ok, readTime('').ok]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('written and read again are the same', () => {
    assert(
      property(double({ min: 0, max: 1e11, noNaN: true }), (nanoseconds) => {
        const once = readTime(nanoseconds);
        if (!once.ok) throw new Error(once.message);
        expect(readTime(timeText(once.value))).toEqual(once);
      }),
    );
  });
});

it('any text is a size, a time or one sentence', () => {
  assert(
    property(string(), constantFrom(readSize, readTime), (text, read) => {
      const reading = read(text);
      expect(reading.ok ? reading.value >= 0 : !reading.message.includes('\n')).toBe(true);
    }),
  );
});
