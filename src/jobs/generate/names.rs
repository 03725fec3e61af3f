//! Made up names in several scripts, about 15 in a hundred Chinese.
use fastrand::Rng;

pub struct Name {
    pub whole: String,
    pub first: String,
    pub last: String,
    /// For addresses.
    pub latin: String,
    pub chinese: bool,
}

const FIRST: [&str; 40] = [
    "Ada", "Aisha", "Amara", "Åsa", "Ben", "Chloé", "Dmitri", "Elif", "Emma", "Finn", "Grace", "Hana", "Ines", "Jonas",
    "José", "Julia", "Kofi", "Lena", "Liam", "Łukasz", "Mara", "Marcus", "Mei", "Mona", "Nadia", "Noor", "Olena",
    "Omar", "Ömer", "Paul", "Priya", "Rosa", "Sami", "Søren", "Tara", "Tomás", "Uwe", "Vera", "Yuki", "Zoe",
];
const LAST: [&str; 40] = [
    "Andersen",
    "Bello",
    "Björk",
    "Castell",
    "Cohen",
    "D'Angelo",
    "Dubois",
    "Fernández",
    "Garcia",
    "Haddad",
    "Herrera",
    "Ivanov",
    "Jensen",
    "Johnson",
    "Kim",
    "Kowalski",
    "Lindqvist",
    "MacDonald",
    "Marchenko",
    "Mensah",
    "Müller",
    "Nguyen",
    "Novák",
    "O'Brien",
    "Okafor",
    "Papadopoulos",
    "Patel",
    "Quintanilla",
    "Raman",
    "Rossi",
    "Sato",
    "Silva",
    "Singh",
    "Smith",
    "Tanaka",
    "Volkov",
    "Webb",
    "Weiß",
    "Yılmaz",
    "Zhang",
];
const OTHER: [(&str, &str, &str); 8] = [
    ("Ольга", "Смирнова", "olga.smirnova"),
    ("Иван", "Петров", "ivan.petrov"),
    ("Νίκος", "Παππάς", "nikos.pappas"),
    ("さくら", "田中", "sakura.tanaka"),
    ("민준", "김", "minjun.kim"),
    ("ليلى", "حداد", "layla.haddad"),
    ("דוד", "כהן", "david.cohen"),
    ("प्रिया", "शर्मा", "priya.sharma"),
];
const FAMILY: [(&str, &str); 20] = [
    ("王", "wang"),
    ("李", "li"),
    ("张", "zhang"),
    ("刘", "liu"),
    ("陈", "chen"),
    ("杨", "yang"),
    ("赵", "zhao"),
    ("黄", "huang"),
    ("周", "zhou"),
    ("吴", "wu"),
    ("徐", "xu"),
    ("孙", "sun"),
    ("胡", "hu"),
    ("朱", "zhu"),
    ("高", "gao"),
    ("林", "lin"),
    ("何", "he"),
    ("郭", "guo"),
    ("马", "ma"),
    ("罗", "luo"),
];
const GIVEN: [(&str, &str); 24] = [
    ("伟", "wei"),
    ("芳", "fang"),
    ("娜", "na"),
    ("敏", "min"),
    ("静", "jing"),
    ("丽", "li"),
    ("强", "qiang"),
    ("磊", "lei"),
    ("军", "jun"),
    ("洋", "yang"),
    ("勇", "yong"),
    ("艳", "yan"),
    ("杰", "jie"),
    ("娟", "juan"),
    ("涛", "tao"),
    ("明", "ming"),
    ("超", "chao"),
    ("秀", "xiu"),
    ("霞", "xia"),
    ("平", "ping"),
    ("刚", "gang"),
    ("桂", "gui"),
    ("思", "si"),
    ("远", "yuan"),
];
const HOUSES: [&str; 20] = [
    "Acme",
    "Baltic",
    "Borealis",
    "Cobalt",
    "Delta",
    "Ember",
    "Fjord",
    "Granite",
    "Harbor",
    "Indigo",
    "Juniper",
    "Kestrel",
    "Lantern",
    "Meridian",
    "Northwind",
    "蓝湾",
    "云禾",
    "宏达",
    "明德",
    "星海",
];
const TRADES: [&str; 10] =
    ["Labs", "Group", "Instruments", "Clinics", "Shipping", "Studio", "GmbH", "科技", "物流", "集团"];

pub fn draw(rng: &mut Rng) -> Name {
    match rng.u32(..100) {
        0..15 => chinese(rng),
        15..23 => other(rng),
        _ => latin(rng),
    }
}

/// The same number always gives the same organisation.
pub fn organisation(n: u64) -> String {
    let house = HOUSES[(n % 20) as usize];
    let trade = TRADES[(n / 20 % 10) as usize];
    if n < 200 { format!("{house} {trade}") } else { format!("{house} {trade} {}", n / 200 + 1) }
}

fn chinese(rng: &mut Rng) -> Name {
    let (family, family_latin) = FAMILY[rng.usize(..FAMILY.len())];
    let (one, one_latin) = GIVEN[rng.usize(..GIVEN.len())];
    let (two, two_latin) = if rng.bool() { GIVEN[rng.usize(..GIVEN.len())] } else { ("", "") };
    Name {
        whole: format!("{family}{one}{two}"),
        first: format!("{one}{two}"),
        last: family.into(),
        latin: format!("{family_latin}.{one_latin}{two_latin}"),
        chinese: true,
    }
}

fn other(rng: &mut Rng) -> Name {
    let (first, last, latin) = OTHER[rng.usize(..OTHER.len())];
    Name {
        whole: format!("{first} {last}"),
        first: first.into(),
        last: last.into(),
        latin: latin.into(),
        chinese: false,
    }
}

fn latin(rng: &mut Rng) -> Name {
    let (first, last) = (FIRST[rng.usize(..FIRST.len())], LAST[rng.usize(..LAST.len())]);
    let plain =
        |name: &str| crate::domain::fold_for_search(name).chars().filter(char::is_ascii_alphabetic).collect::<String>();
    let latin = format!("{}.{}", plain(first), plain(last));
    Name { whole: format!("{first} {last}"), first: first.into(), last: last.into(), latin, chinese: false }
}
