import type { Message } from '../../catalog/kernel/lang-text.ts';

/** What changed for those who program against the interfaces, the newest first. */
export const apiChanges: readonly (Message & { readonly on: string })[] = [
  {
    on: '2026-11-28',
    vi: 'Thêm /api/v1/plans/{year}/progress (tính đến ngày at), /versions và /plan/{year}/progress.csv; /plan/{year} là trang của kế hoạch.',
    en: 'New: /api/v1/plans/{year}/progress (as of at), /versions, and /plan/{year}/progress.csv; /plan/{year} is the page of the plan.',
  },
  {
    on: '2026-11-27',
    vi: 'Thêm /roadmap.atom và tham số agency của /roadmap.*; /dataset/{id}/citation.bib và .ris; POST /api/v1/validate có giới hạn và báo bằng RateLimit.',
    en: 'New: /roadmap.atom, and parameter agency of /roadmap.*; /dataset/{id}/citation.bib and .ris. POST /api/v1/validate is limited, and says so in RateLimit.',
  },
  {
    on: '2026-11-26',
    vi: 'Thêm /api/v1/reuses, /requests, /feedback, /criteria, /evidence, /rankings, /series, /services và /suggest.',
    en: 'New: /api/v1/reuses, /requests, /feedback, /criteria, /evidence, /rankings, /series, /services and /suggest.',
  },
  {
    on: '2026-11-24',
    vi: 'Thêm điểm chất lượng: /api/v1/datasets/{id}/quality và /api/v1/agencies/{id}/quality.',
    en: 'New: quality scores, /api/v1/datasets/{id}/quality and /api/v1/agencies/{id}/quality.',
  },
  {
    on: '2026-11-23',
    vi: 'Phiên bản 1: /api/v1, /catalog, API CKAN, DCAT-US, OAI-PMH, /feed.',
    en: 'Version 1: /api/v1, /catalog, the CKAN API, DCAT-US, OAI-PMH, /feed.',
  },
];
