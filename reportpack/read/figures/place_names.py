"""Names of areas that every British reader knows, as `labels.area_key` gives them. An office's own come from office.toml."""

COUNTRIES = frozenset(
    (
        *("england", "wales", "scotland", "northern ireland", "england and wales", "great britain", "united kingdom"),
        *("uk", "gb", "world", "united states", "united states total"),
    )
)
REGIONS = frozenset(
    (
        *("north east", "north west", "yorkshire and the humber", "yorkshire and humber", "east midlands"),
        *("west midlands region", "east", "east of england", "eastern", "london", "south east", "south west"),
    )
)
FORCES = frozenset(
    (
        *("avon and somerset", "bedfordshire", "cambridgeshire", "cheshire", "city of london", "london city of", "cleveland"),
        *("cumbria", "derbyshire", "devon and cornwall", "dorset", "durham", "dyfed powys", "essex", "gloucestershire"),
        *("greater manchester", "greatermanchester", "gwent", "hampshire", "hampshire and isle of wight", "hertfordshire"),
        *("humberside", "kent", "lancashire", "leicestershire", "lincolnshire", "merseyside", "metropolitan", "mps", "norfolk"),
        *("north wales", "north yorkshire", "northamptonshire", "northumbria", "nottinghamshire", "south wales"),
        *("south yorkshire", "staffordshire", "suffolk", "surrey", "sussex", "thames valley", "warwickshire", "west mercia"),
        *("west midlands", "west yorkshire", "wiltshire", "british transport"),
    )
)
PLACES = frozenset(
    (
        *("barking and dagenham", "barnet", "bexley", "brent", "bromley", "camden", "croydon", "ealing", "enfield", "greenwich"),
        *("hackney", "hammersmith and fulham", "haringey", "harrow", "havering", "hillingdon", "hounslow", "islington"),
        *("kensington and chelsea", "kingston upon thames", "kingston", "lambeth", "lewisham", "merton", "newham", "redbridge"),
        *("richmond upon thames", "richmond", "southwark", "sutton", "tower hamlets", "waltham forest", "wandsworth"),
        *("westminster", "herefordshire", "shropshire", "worcestershire", "north worcestershire", "south worcestershire"),
        *("telford and wrekin", "telford", "buckinghamshire", "oxfordshire", "berkshire", "cornwall", "devon", "somerset"),
        *("avon", "rutland", "northumberland", "east sussex", "west sussex", "isle of wight", "tyne and wear"),
        *("county durham", "bristol", "birmingham", "manchester", "leeds", "liverpool", "sheffield", "nottingham"),
        *("leicester", "coventry", "dyfed", "powys", "cardiff", "swansea"),
    )
)
WHOLES = COUNTRIES | REGIONS | {"england total", "wales total", "national"}
"""Areas that stand above forces and districts: never added up with them."""

KNOWN = WHOLES | FORCES | PLACES
