import { describe, expect, it } from 'vitest';
import { stripPicture } from '../../../catalog/reuse/pictures/strip-picture.ts';
import { aJpeg, aPng, aWebp } from '../../support/pictures.ts';

describe('a picture', () => {
  it.each([
    { mediaType: 'image/png', make: aPng, told: 'Location' },
    { mediaType: 'image/jpeg', make: aJpeg, told: 'GPS' },
    { mediaType: 'image/webp', make: aWebp, told: 'GPS' },
  ])(
    'of the kind $mediaType is known by its bytes, and tells no place',
    ({ mediaType, make, told }) => {
      const uploaded = make();
      const { bytes, ...facts } = stripPicture(uploaded);

      expect(uploaded.includes(told)).toBe(true);
      expect(facts).toEqual({ mediaType, width: 320, height: 180 });
      expect(bytes.includes(told)).toBe(false);
      expect(bytes.includes('<script>')).toBe(false);
      // What was stripped is a picture still, with nothing left to strip.
      expect(stripPicture(bytes).bytes.equals(bytes)).toBe(true);
    },
  );

  it.each([
    { why: 'no picture', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
    { why: 'nothing', bytes: Buffer.alloc(0) },
    { why: 'a picture that breaks off', bytes: aPng().subarray(0, 300) },
    { why: 'a head alone', bytes: aJpeg().subarray(0, 40) },
    { why: 'a WebP that lies about its length', bytes: aWebp().subarray(0, 40) },
    { why: 'a pixel that counts readers', bytes: aPng(1, 1) },
    { why: 'a poster', bytes: aJpeg(5000, 100) },
    { why: 'more than 2 MB', bytes: Buffer.alloc(2_000_001) },
  ])('is refused in words when it is $why', ({ bytes }) => {
    expect(() => stripPicture(bytes)).toThrow(
      expect.objectContaining({ kind: 'invalid', code: 'picture-invalid' }),
    );
  });
});
