/// How a page looks.
enum PageStyle {
    /// The style sheet. It holds neither `<` nor `&`, so that it is the same in HTML and XML.
    static let css = """
        :root {
          color-scheme: light dark;
          --page: #ffffff; --ink: #1a1a1a; --muted: #595959; --line: #d4d4d4; --card: #f4f6f8; --link: #0058a3;
          --figure-ink: #1a1a1a; --figure-muted: #595959; --figure-grid: #d4d4d4; --figure-paper: #ffffff;
          --figure-blue: #0072b2; --figure-vermilion: #d55e00; --figure-green: #009e73; --figure-purple: #cc79a7;
        }
        @media screen and (prefers-color-scheme: dark) {
          :root {
            --page: #14171a; --ink: #e6e6e6; --muted: #a9b0b7; --line: #3b4248; --card: #1e2327; --link: #7cc0ff;
            --figure-ink: #e6e6e6; --figure-muted: #a9b0b7; --figure-grid: #3b4248; --figure-paper: #14171a;
            --figure-blue: #56b4e9; --figure-vermilion: #f0853b; --figure-green: #2bbf93; --figure-purple: #e0a3c6;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body {
          margin: 0 auto; padding: 1rem; max-width: 54rem; background: var(--page); color: var(--ink);
          font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
          overflow-wrap: break-word;
        }
        h1 { margin: 0.5rem 0; font-size: 1.6rem; line-height: 1.25; }
        h2 { margin: 2.5rem 0 0.5rem; padding-top: 0.75rem; border-top: 1px solid var(--line); font-size: 1.25rem; }
        p { margin: 0.5rem 0; max-width: 44rem; }
        a { color: var(--link); }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        main:focus { outline: none; }
        .skip { position: absolute; left: -100rem; padding: 0.5rem 1rem; background: var(--page); }
        .skip:focus { left: 0.5rem; top: 0.5rem; }
        nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; margin: 1rem 0; padding: 0; list-style: none; }
        nav a { display: inline-block; padding: 0.25rem 0; }
        dl { margin: 1rem 0; }
        dd { margin: 0; overflow-wrap: anywhere; }
        dt { color: var(--muted); }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.75rem; }
        @media (min-width: 40rem) { .cards { grid-template-columns: repeat(3, 1fr); } }
        .cards div { padding: 0.6rem 0.8rem; border-radius: 0.5rem; background: var(--card); }
        .cards dt { font-size: 0.875rem; }
        .cards dd { font-size: 1.35rem; font-weight: 600; line-height: 1.35; font-variant-numeric: tabular-nums; }
        .cards small { display: block; color: var(--muted); font-size: 0.8125rem; font-weight: 400; }
        .list div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0.3rem 0; border-bottom: 1px solid var(--line); }
        .list dt { flex: 0 0 14rem; }
        .list dd { flex: 1 1 14rem; min-width: 0; }
        .list small { color: var(--muted); }
        figure { margin: 1.25rem 0; }
        figcaption { color: var(--muted); font-size: 0.875rem; }
        /* The right edge fades while there is more to see behind it. */
        @keyframes more { 0%, 90% { --fade: 3rem; } 100% { --fade: 0px; } }
        .scroll {
          position: relative; overflow-x: auto;
          mask-image: linear-gradient(to right, #000 calc(100% - var(--fade, 0px)), transparent calc(100% + 0.5rem));
          animation: more linear; animation-timeline: scroll(self x);
        }
        /* A drawing has a margin of its own, as wide as the body's padding. */
        figure > .scroll { margin: 0 -1rem; }
        .scroll svg {
          display: block; height: auto; max-width: 100%;
          width: calc(1.5 * var(--width)); min-width: calc(0.95 * var(--width));
        }
        .narrow { display: none; }
        @media screen and (max-width: 44rem) { .wide { display: none; } .narrow { display: block; } }
        details { margin: 0.25rem 0 0; }
        summary { width: fit-content; padding: 0.25rem 0; color: var(--link); cursor: pointer; font-size: 0.875rem; }
        table { margin: 0.5rem 0; border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
        caption { padding: 0.25rem 0; color: var(--muted); text-align: left; }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        th, td { padding: 0.3rem clamp(0.3rem, 1.6vw, 0.6rem); border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
        thead th { color: var(--muted); font-weight: 600; vertical-align: bottom; }
        tbody th { font-weight: 400; }
        .number { text-align: right; white-space: nowrap; }
        thead .number { white-space: normal; }
        pre { padding: 0.75rem; border-radius: 0.5rem; background: var(--card); white-space: pre-wrap; overflow-wrap: anywhere; }
        code { font: 0.875rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
        footer { margin-top: 2.5rem; border-top: 1px solid var(--line); color: var(--muted); font-size: 0.875rem; }
        @media print {
          @page { margin: 15mm; }
          :root { color-scheme: light; }
          body { max-width: none; padding: 0; font-size: 10pt; }
          nav, .skip { display: none; }
          h2, summary { break-after: avoid; }
          .cards div { border: 1px solid var(--line); }
          .scroll { overflow: visible; mask-image: none; }
          .scroll svg { min-width: 0; width: var(--width); max-height: 230mm; }
          .scroll, details, tr, .cards div, .list div, pre { break-inside: avoid; }
          p:has(+ figure), p:has(+ .scroll) { break-after: avoid; }
          figcaption { break-before: avoid; }
          details.long { display: none; }
          details::details-content { display: block; content-visibility: visible; height: auto; }
          summary { list-style: none; color: var(--muted); }
          table { font-size: 8pt; }
          th, td { padding: 1pt 4pt; }
          a { color: inherit; text-decoration: none; }
        }
        """
}
