const SOURCE = 'data:image/png;base64,';

/** Put pictures side by side, row by row; null where there is none at all. Pictures are base64. */
export async function mosaic(
  pictures: readonly (string | null)[],
  columns: number
): Promise<string | null> {
  const images = await Promise.all(
    pictures.map(async png => (png === null ? null : await decoded(png)))
  );
  const present = images.filter(image => image !== null);
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (present.length === 0 || context === null) {
    return null;
  }
  const width = Math.max(...present.map(image => image.naturalWidth));
  const height = Math.max(...present.map(image => image.naturalHeight));
  canvas.width = columns * width;
  canvas.height = Math.ceil(images.length / columns) * height;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  images.forEach((image, place) => {
    if (image !== null) {
      context.drawImage(image, (place % columns) * width, Math.floor(place / columns) * height);
    }
  });
  return canvas.toDataURL('image/png').slice(SOURCE.length);
}

async function decoded(png: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = SOURCE + png;
  await image.decode();
  return image;
}
