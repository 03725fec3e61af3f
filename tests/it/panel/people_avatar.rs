use crate::house::{Client, Reply, on_both};
use rollcall::domain::Role;

/// A red picture, 40 by 20.
fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(vec![]);
    image::RgbImage::from_pixel(40, 20, image::Rgb([200, 0, 0])).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn upload(client: &Client, id: i64, name: &str, bytes: &[u8], crop: &str) -> Reply {
    let mut body = format!("--cut\r\ncontent-disposition: form-data; name=\"picture\"; filename=\"{name}\"\r\ncontent-type: image/png\r\n\r\n").into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(
        format!("\r\n--cut\r\ncontent-disposition: form-data; name=\"crop\"\r\n\r\n{crop}\r\n--cut--\r\n").as_bytes(),
    );
    client.send("POST", &format!("/people/{id}/avatar"), Some("multipart/form-data; boundary=cut"), &body)
}

#[test]
fn a_picture_is_made_square_kept_by_its_content_and_served_for_ever() {
    on_both(|house| {
        let cleo = house.join("Cleo", Role::EndUser);
        let client = house.sign_in(&cleo);
        let before = house.entries();
        let id = cleo.id.0;
        assert!(client.get(&format!("/people/{id}")).body.contains("data-hue"));
        let set = upload(&client, id, "me.png", &png(), "middle");
        assert_eq!((set.status, set.location()), (303, format!("/people/{id}").as_str()), "{}", set.text());
        assert_eq!(house.entries() - before, 1);
        let page = client.get(set.location());
        let at = page.body.find("/avatars/").expect("the picture is shown");
        let path = page.body[at..].split('"').next().unwrap().to_owned();
        let hash = house.person(id).avatar.unwrap();
        assert_eq!(path, format!("/avatars/{hash}"));
        let head = client.bytes(&path);
        assert_eq!(head.0["content-type"], "image/jpeg");
        assert_eq!(head.0["cache-control"], "private, max-age=31536000, immutable");
        assert_eq!(head.0["x-content-type-options"], "nosniff");
        let kept = image::load_from_memory(&head.1).unwrap();
        assert_eq!((kept.width(), kept.height()), (256, 256));
        assert_eq!(upload(&client, id, "me.png", &png(), "middle").status, 303);
        assert_eq!(house.entries() - before, 1, "the same picture again is no change");
        assert_eq!(house.stranger().get(&path).status, 303, "only for people of the house");
        assert_eq!(client.form("DELETE", &format!("/people/{id}/avatar"), &[]).status, 303);
        assert_eq!(client.get(&path).status, 404, "nobody has it any more");
    });
}

#[test]
fn what_is_no_picture_is_refused_with_what_to_do() {
    on_both(|house| {
        let cleo = house.join("Cleo", Role::EndUser);
        let client = house.sign_in(&cleo);
        let before = house.entries();
        let id = cleo.id.0;
        for (bytes, crop, why) in [
            (b"".as_slice(), "middle", "Choose a file first."),
            (b"<svg onload=alert(1)>".as_slice(), "middle", "This is no PNG, JPEG, WebP or GIF picture."),
            (&png()[..30], "middle", "This picture cannot be read."),
            (&png(), "corner", "Choose which part to keep."),
            (&vec![0; (8 << 20) + 1], "middle", "This file is larger than 8 MB."),
        ] {
            let reply = upload(&client, id, "x.png", bytes, crop);
            assert_eq!(reply.status, 422, "{why}");
            assert!(reply.text().contains(why), "{}", reply.text());
        }
        assert_eq!((house.entries(), house.person(id).avatar), (before, None));
    });
}
