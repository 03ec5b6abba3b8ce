import { describe, expect, it } from 'vitest';
import { checkedReuse } from '../../../catalog/reuse/check-reuse.ts';
import { linksIn, titleIn } from '../../../catalog/reuse/links-in.ts';

const page = 'https://bao.example.vn/2026/xe-buyt/';

describe('the links in a page', () => {
  it.each([
    {
      html: '<a href="https://data.example.vn/dataset/x">x</a>',
      link: 'https://data.example.vn/dataset/x',
    },
    {
      html: "<a class=y href='https://data.example.vn/dataset/x#a'>x</a>",
      link: 'https://data.example.vn/dataset/x',
    },
    {
      html: '<A HREF=https://data.example.vn/a?b=1&amp;c=2>x</A>',
      link: 'https://data.example.vn/a?b=1&c=2',
    },
    { html: '<a href="../anh.png">x</a>', link: 'https://bao.example.vn/2026/anh.png' },
  ])('are found in $html', ({ html, link }) => {
    expect([...linksIn(html, page)]).toEqual([link]);
  });

  it.each([
    '<!-- <a href="https://data.example.vn/dataset/x">x</a> -->',
    '<script>var a = \'<a href="https://data.example.vn/dataset/x">\';</script>',
    'https://data.example.vn/dataset/x',
    '<a href="http://[">x</a>',
  ])('are none in %s', (html) => {
    expect([...linksIn(html, page)]).toEqual([]);
  });

  it('go with a title, whose references are read', () => {
    expect(titleIn('<title>\n Xe bu&yacute;t &amp; t&#224;u&#x20;điện </title>')).toBe(
      'Xe bu&yacute;t & tàu điện',
    );
    expect(titleIn('<p>không có</p>')).toBeUndefined();
  });
});

describe('a reuse whose page does not answer', () => {
  const silent = { isAnswered: false, leadsBack: false };

  it('is dead from the third time on, and alive with the first answer', () => {
    const first = checkedReuse({ failures: 0 }, { ...silent, at: '2026-11-01' });
    const second = checkedReuse(first, { ...silent, at: '2026-11-02' });
    const third = checkedReuse(second, { ...silent, at: '2026-11-03' });
    const fourth = checkedReuse(third, { ...silent, at: '2026-11-04' });

    expect([first.deadSince, second.deadSince]).toEqual([undefined, undefined]);
    expect([third.deadSince, fourth.deadSince]).toEqual(['2026-11-03', '2026-11-03']);
    expect(checkedReuse(fourth, { at: '2026-11-05', isAnswered: true, leadsBack: false })).toEqual({
      checkedAt: '2026-11-05',
      failures: 0,
    });
  });

  it('keeps the day on which a link back was last seen', () => {
    const proven = checkedReuse(
      { failures: 0 },
      { at: '2026-11-01', isAnswered: true, leadsBack: true },
    );
    const later = checkedReuse(proven, { ...silent, at: '2026-11-02' });

    expect(later.provenAt).toBe('2026-11-01');
  });
});
