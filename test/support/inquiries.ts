import type { FeedbackInput, RequestInput } from '../../catalog/model/inquiry.ts';
import type { ReuseInput } from '../../catalog/model/reuse.ts';

/** What somebody made with the builders' dataset. */
export function aReuse(changes: Partial<ReuseInput> = {}): ReuseInput {
  return {
    title: { vi: 'Xe buýt quanh tôi', en: 'Buses around me' },
    description: { vi: 'Tìm tuyến xe buýt gần nhất trên điện thoại.' },
    type: 'application',
    url: 'https://example.vn/xe-buyt',
    dataset: ['tuyen-xe-buyt'],
    creator: 'Nhóm An',
    email: 'an@example.vn',
    ...changes,
  };
}

export function aRequest(changes: Partial<RequestInput> = {}): RequestInput {
  return {
    title: { vi: 'Vị trí cây xanh đường phố' },
    description: { vi: 'Từng cây, loài và năm trồng, để vẽ bản đồ bóng mát.' },
    requester: 'citizen',
    email: 'binh@example.vn',
    ...changes,
  };
}

export function aFeedback(changes: Partial<FeedbackInput> = {}): FeedbackInput {
  return {
    dataset: 'tuyen-xe-buyt',
    type: 'wrong-value',
    description: { vi: 'Tuyến 09A không còn chạy qua phố Huế.' },
    email: 'cuc@example.vn',
    ...changes,
  };
}
