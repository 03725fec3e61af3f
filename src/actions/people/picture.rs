//! Making a square picture of whatever somebody uploads, with bounded work.
use crate::store::avatars::Picture;
use image::codecs::{jpeg::JpegEncoder, png::PngEncoder};
use image::imageops::{self, FilterType};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbaImage};
use sha2::{Digest, Sha256};
use std::io::Cursor;

/// An upload may be so long.
pub const MOST_BYTES: usize = 8 << 20;
const WIDEST: u32 = 10_000;
/// Of a decoded picture, in bytes: about forty million pixels.
const MOST_MEMORY: u64 = 160 << 20;
/// Both sides of what is kept, in pixels.
const SIDE: u32 = 256;

/// Which part of a picture that is no square is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crop {
    /// The left or the top.
    Start,
    Middle,
    /// The right or the bottom.
    End,
}

impl Crop {
    pub const ALL: [Self; 3] = [Self::Start, Self::Middle, Self::End];

    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }

    pub fn parse(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == raw)
    }
}

/// Decodes by content whatever the name says, crops, scales and encodes anew; metadata is left behind.
pub fn square(bytes: &[u8], crop: Crop) -> Result<Picture, &'static str> {
    let whole = decode(bytes)?;
    let side = whole.width().min(whole.height());
    let place = |length: u32| match crop {
        Crop::Start => 0,
        Crop::Middle => (length - side) / 2,
        Crop::End => length - side,
    };
    // A view, not a copy: pictures may be large.
    let part = imageops::crop_imm(&whole, place(whole.width()), place(whole.height()), side, side);
    let (kind, bytes) = encode(&imageops::resize(&*part, SIDE, SIDE, FilterType::Lanczos3))?;
    let hash = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Picture { hash, kind: kind.into(), bytes })
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, &'static str> {
    const KNOWN: [ImageFormat; 4] = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif];
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| "avatar.unreadable")?;
    if !reader.format().is_some_and(|format| KNOWN.contains(&format)) {
        return Err("avatar.kind");
    }
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(WIDEST), Some(WIDEST));
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(too_large)?;
    limits.reserve(decoder.total_bytes()).map_err(too_large)?;
    let turned = decoder.orientation().map_err(|_| "avatar.unreadable")?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(too_large)?;
    image.apply_orientation(turned);
    Ok(image)
}

fn too_large(error: image::ImageError) -> &'static str {
    if matches!(error, image::ImageError::Limits(_)) { "avatar.too_large" } else { "avatar.unreadable" }
}

/// JPEG, or PNG where something is transparent.
fn encode(rgba: &RgbaImage) -> Result<(&'static str, Vec<u8>), &'static str> {
    let mut bytes = vec![];
    let opaque = rgba.pixels().all(|pixel| pixel.0[3] == 255);
    let written = match opaque {
        true => {
            DynamicImage::from(rgba.clone()).to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 85))
        }
        false => rgba.write_with_encoder(PngEncoder::new(&mut bytes)),
    };
    written.map_err(|_| "avatar.unreadable")?;
    Ok((if opaque { "image/jpeg" } else { "image/png" }, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    fn png(width: u32, height: u32) -> Vec<u8> {
        let left_red =
            RgbImage::from_fn(width, height, |x, _| Rgb(if x < width / 2 { [255, 0, 0] } else { [0, 0, 255] }));
        let mut bytes = vec![];
        left_red.write_with_encoder(PngEncoder::new(&mut bytes)).unwrap();
        bytes
    }

    #[test]
    fn a_wide_picture_keeps_the_part_that_was_chosen() {
        let middle_pixel = |crop| {
            let kept = square(&png(800, 200), crop).unwrap();
            assert_eq!(kept.kind, "image/jpeg");
            let image = image::load_from_memory(&kept.bytes).unwrap().to_rgb8();
            assert_eq!(image.dimensions(), (SIDE, SIDE));
            image.get_pixel(SIDE / 2, SIDE / 2).0
        };
        let [red, _, blue] = middle_pixel(Crop::Start);
        assert!(red > 200 && blue < 50);
        let [red, _, blue] = middle_pixel(Crop::End);
        assert!(red < 50 && blue > 200);
    }

    #[test]
    fn what_is_no_picture_is_refused_whatever_it_is_called() {
        let fault = |bytes: &[u8]| square(bytes, Crop::Middle).unwrap_err();
        assert_eq!(fault(b""), "avatar.kind");
        assert_eq!(fault(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "avatar.kind");
        assert_eq!(fault(&png(10, 10)[..40]), "avatar.unreadable");
        let mut bomb = png(10, 10);
        bomb[16..24].copy_from_slice(&[0, 0, 0x9c, 0x40, 0, 0, 0x9c, 0x40]);
        assert!(["avatar.too_large", "avatar.unreadable"].contains(&fault(&bomb)));
    }
}
