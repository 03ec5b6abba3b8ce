import { CatalogError } from '../../kernel/errors.ts';
import type { Message } from '../../kernel/lang-text.ts';
import { stripJpeg } from './strip-jpeg.ts';
import { stripPng } from './strip-png.ts';
import { stripWebp } from './strip-webp.ts';
import type { Stripped } from './stripped.ts';

export const mostPictureBytes = 2_000_000;
const widest = 4096;
const narrowest = 120;

/**
 * Takes what was uploaded for the picture that its first bytes say it is, whatever its name, and leaves out what cameras
 * and programs write into pictures: places, moments, names, previews, and whatever hides behind the end.
 *
 * @throws {CatalogError} `invalid` / `picture-invalid`, with what to do about it
 */
export function stripPicture(bytes: Buffer): Stripped {
  if (bytes.length > mostPictureBytes) {
    throw pictureInvalid({
      vi: 'Hình lớn quá 2 MB; hãy thu nhỏ rồi gửi lại.',
      en: 'The picture has more than 2 MB; make it smaller and send it again.',
    });
  }
  const stripped = stripPng(bytes) ?? stripJpeg(bytes) ?? stripWebp(bytes);
  if (!stripped) {
    throw pictureInvalid({
      vi: 'Tệp này không phải hình PNG, JPEG hay WebP trọn vẹn; hãy lưu lại thành một trong ba dạng đó.',
      en: 'This file is no whole PNG, JPEG or WebP picture; save it as one of these.',
    });
  }
  const sides = [stripped.width, stripped.height];
  if (sides.some((side) => side < narrowest || side > widest)) {
    throw pictureInvalid({
      vi: `Hình có ${stripped.width} × ${stripped.height} điểm ảnh; mỗi cạnh phải từ ${narrowest} đến ${widest}.`,
      en: `The picture has ${stripped.width} × ${stripped.height} pixels; each side takes ${narrowest} to ${widest}.`,
    });
  }
  return stripped;
}

export function pictureInvalid(message: Message): CatalogError {
  return new CatalogError('invalid', 'picture-invalid', message, {
    findings: [{ pointer: '/picture', keyword: 'picture', message }],
  });
}
