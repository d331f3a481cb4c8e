/** Colours at even distances, from low to high. */
const ANCHORS = {
  Viridis:
    '440154,47186A,472C7B,424085,3A528B,32628D,2C728E,26818E,20908C,1E9E88,27AD80,3DBB74,5BC862,81D34C,AADB32,D4E11A,FDE724',
  Inferno:
    '000003,0A0723,200C4A,3C0965,570F6D,70196E,892269,A32B61,BB3754,D04544,E35832,F0701E,F98C09,FBAA0E,F8C931,F1E864,FCFEA4',
  Magma:
    '000003,0A0722,1C1046,350F6A,50127B,691C80,822581,9C2E7F,B63679,CE4070,E55063,F4685B,FB8660,FDA470,FEC286,FDDFA1,FBFCBF',
  Cividis:
    '00204C,002B68,06366E,2C416B,414D6B,51586C,60646E,6F6F72,7C7B78,8B8778,9B9377,ABA174,BCAE6E,CDBC67,DFCB5D,F1DA50,FFE945',
  Turbo:
    '30123B,4040A1,466BE3,4193FE,28BBEB,17DCC2,32F197,6DFD62,A4FC3B,CAED33,ECD139,FCAE34,FB8022,EC520E,D23005,AC1601,7A0402',
  Grey: '000000,FFFFFF',
  'Grey, inverted': 'FFFFFF,000000',
  'Blue to red': '2166AC,67A9CF,D1E5F0,F7F7F7,FDDBC7,EF8A62,B2182B'
} as const;

export type ColourMapName = keyof typeof ANCHORS;

export const COLOUR_MAPS = Object.keys(ANCHORS) as readonly ColourMapName[];

export const COLOURS = 256;

const OPAQUE = 0xff000000;

/** Return a map's 256 colours as pixels of a canvas. */
export function colours(name: ColourMapName): Uint32Array<ArrayBuffer> {
  const anchors = ANCHORS[name].split(',').map(hex => Number.parseInt(hex, 16));
  return Uint32Array.from({ length: COLOURS }, (_, index) => {
    const place = (index / (COLOURS - 1)) * (anchors.length - 1);
    const left = Math.min(anchors.length - 2, Math.floor(place));
    return mixed(anchors[left], anchors[left + 1], place - left);
  });
}

/** Return a pixel as CSS writes colours. */
export function cssColour(pixel: number): string {
  return `rgb(${pixel & 255}, ${(pixel >> 8) & 255}, ${(pixel >> 16) & 255})`;
}

/** Mix two colours of the form 0xRRGGBB into a pixel, which has red last. */
function mixed(one: number, other: number, share: number): number {
  const part = (shift: number) =>
    Math.round(((one >> shift) & 255) * (1 - share) + ((other >> shift) & 255) * share);
  return (OPAQUE | (part(0) << 16) | (part(8) << 8) | part(16)) >>> 0;
}
