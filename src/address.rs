//! Where a request comes from.
use actix_web::HttpRequest;
use std::net::{IpAddr, Ipv4Addr};

/// Scheme and host of the house as the client wrote them.
pub fn origin(req: &HttpRequest) -> String {
    let connection = req.connection_info();
    format!("{}://{}", connection.scheme(), connection.host())
}

/// The peer's address. A proxy on this machine is believed about the last hop.
pub fn of(req: &HttpRequest) -> IpAddr {
    let peer = req.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip().to_canonical());
    if !peer.is_loopback() {
        return peer;
    }
    let forwarded = req.headers().get_all("x-forwarded-for").last().and_then(|value| value.to_str().ok());
    forwarded.and_then(|hops| hops.rsplit(',').next()?.trim().parse().ok()).unwrap_or(peer)
}
