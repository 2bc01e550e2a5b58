// Decimals come as strings; they are shown, never added up here.

const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const upToEight = new Intl.NumberFormat('en-US', { maximumFractionDigits: 8 });

export const money = decimal => (decimal === null || decimal === undefined ? '–' : cents.format(decimal));
export const quantity = decimal => (decimal === null || decimal === undefined ? '–' : upToEight.format(decimal));
export const percent = decimal => (decimal === null || decimal === undefined ? '–' : `${cents.format(decimal * 100)} %`);
export const tone = decimal => (Number(decimal) > 0 ? 'gain' : Number(decimal) < 0 ? 'loss' : '');
export const signed = decimal => (Number(decimal) > 0 ? '+' : '') + money(decimal);
export const time = text => (text ? new Date(text).toLocaleTimeString() : '–');
export const words = name => String(name).replaceAll('_', ' ');
