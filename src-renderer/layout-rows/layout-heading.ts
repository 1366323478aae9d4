/** The columns of a layout CSV, in their order. */
export const LAYOUT_HEADING = ['va_page', 'pfn', 'pages', 'order', 'leaf', 'flags'] as const;
