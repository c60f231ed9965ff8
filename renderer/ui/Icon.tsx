/** Line icons of 20 × 20, drawn for this program. */
const PATHS = {
  start: "M3 9.5 10 4l7 5.5V16a1 1 0 0 1-1 1h-3.5v-4.5h-5V17H4a1 1 0 0 1-1-1z",
  overview: "M3 16V9m4.7 7V4m4.6 12v-5M17 16V6.5",
  assumptions: "M3 4h14v12H3zM3 8h14M3 12h14M8 8v8",
  walls: "M6 3v5m0 4v5m8-14v3m0 8v3M3 10h14",
  scenarios: "M4 5h7v7H4zM9 15h7V8",
  undo: "M7 5 3.5 8.5 7 12M4 8.5h8a4.2 4.2 0 0 1 0 8.4h-2",
  redo: "M13 5l3.5 3.500L13 12m3-3.500H8a4.2 4.2 0 0 0 0 8.400h2",
  save: "M4 3.500h9.500L16.5 6.500v10h-13v-13zM7 3.500v4h5v-4M6.5 16.500v-5h7v5",
  open: "M3 15.500v-11h5l1.5 2H17v2M3 15.5 5.5 8.500H18l-2.5 7z",
  add: "M10 4v12M4 10h12",
  copy: "M7 7h9v9H7zM4 12.500V4h8.5",
  remove: "M4 6h12M8 6V4h4v2M5.5 6l.8 10.500h7.400L14.5 6",
  export: "M10 3v9m0-9L6.5 6.500M10 3l3.5 3.500M4 12v4.500h12V12",
  table: "M3 4.500h14v11H3zM3 8.500h14M10 4.500v11",
  chart: "M3 16.500h14M4.5 13l3.5-4 3 2.500L16 5.5",
  lock: "M5 9h10v7.500H5zM7 9V6.500a3 3 0 0 1 6 0V9",
  unlock: "M5 9h10v7.500H5zM7 9V6.500a3 3 0 0 1 5.7-1.3",
  warning: "M10 3.5 17.5 16.500h-15zM10 8.500v3.800m0 1.900v.3",
  info: "M10 2.800a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.400M10 9v5m0-8v.3",
  close: "M5 5l10 10M15 5 5 15",
  search: "M9 3.500a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M13 13l4 4",
  check: "M4 10.5 8 14.5 16 5.5",
  light:
    "M10 6.500a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 2v1.500m0 13V18M2 10h1.500m13 0H18M4.3 4.300l1.1 1.100m9.2 9.2 1.1 1.100m0-11.4-1.1 1.100m-9.2 9.2-1.1 1.1",
  dark: "M16.5 11.800A7 7 0 0 1 8.2 3.500a7 7 0 1 0 8.3 8.3",
  stop: "M6 6h8v8H6z",
  edit: "M4 16l.8-3.500L13.5 3.800l2.7 2.7-8.7 8.700z",
  menu: "M3 6h14M3 10h14M3 14h14",
  fill: "M10 3v10m0 0-3.5-3.500M10 13l3.5-3.500M4 16.500h12",
  more: "M5 10h.01M10 10h.01M15 10h.01",
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon: what it means is in the words beside it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="app-icon" viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
