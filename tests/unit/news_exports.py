"""What news services export, one invented record each."""

from __future__ import annotations

from typing import Any

WHOLE = "“The ferry sails again,” the mayor said. It did."
PAGE = "https://www.port.example/late-ferry"

GDELT = {
    "articles": [
        {
            "url": PAGE,
            "url_mobile": "",
            "title": "Late ferry",
            "seendate": "20260304T101500Z",
            "socialimage": "",
            "domain": "port.example",
            "language": "German",
            "sourcecountry": "Germany",
        }
    ]
}
MEDIA_CLOUD = {
    "id": "5d1f",
    "indexed_date": "2026-03-05 02:11:09.123456",
    "language": "en",
    "media_name": "port.example",
    "media_url": "port.example",
    "publish_date": "2026-03-04",
    "title": "Late ferry",
    "url": PAGE,
}
NEWSAPI = {
    "status": "ok",
    "totalResults": 1,
    "articles": [
        {
            "source": {"id": None, "name": "The Desk"},
            "author": "Ann Reed",
            "title": "Late ferry",
            "description": "Late.",
            "url": PAGE,
            "urlToImage": None,
            "publishedAt": "2026-03-04T10:15:00Z",
            "content": "The ferry was late, the mayor sai… [+1234 chars]",
        }
    ],
}
GNEWS = {
    "totalArticles": 1,
    "articles": [
        {
            "id": "a1",
            "title": "Late ferry",
            "description": "Late.",
            "content": WHOLE,
            "url": PAGE,
            "image": "",
            "publishedAt": "2026-03-04T10:15:00Z",
            "lang": "en",
            "source": {"name": "The Desk", "url": "https://port.example"},
        }
    ],
}
GUARDIAN = {
    "response": {
        "status": "ok",
        "results": [
            {
                "id": "world/2026/late",
                "type": "article",
                "sectionName": "World",
                "webTitle": "Late ferry",
                "webPublicationDate": "2026-03-04T10:15:00Z",
                "webUrl": PAGE,
                "apiUrl": "https://api.example/x",
                "fields": {"byline": "Ann Reed", "bodyText": WHOLE, "publication": "The Desk", "lang": "en"},
            }
        ],
    }
}
TIMES = {
    "status": "OK",
    "response": {
        "docs": [
            {
                "web_url": PAGE,
                "snippet": "Late.",
                "lead_paragraph": "The ferry was late.",
                "source": "The Desk",
                "headline": {"main": "Late ferry", "kicker": None},
                "pub_date": "2026-03-04T10:15:00+0000",
                "byline": {"original": "By Ann Reed and Tom Pike", "person": []},
                "word_count": 300,
            }
        ]
    },
}
MEDIASTACK = {
    "pagination": {"limit": 25},
    "data": [
        {
            "author": None,
            "title": "Late ferry",
            "description": "Late.",
            "url": PAGE,
            "source": "The Desk",
            "image": None,
            "category": "general",
            "language": "en",
            "country": "pt",
            "published_at": "2026-03-04T10:15:00+00:00",
        }
    ],
}
NEWSCATCHER = {
    "status": "ok",
    "total_hits": 1,
    "articles": [
        {
            "title": "Late ferry",
            "author": "Ann Reed",
            "authors": ["Ann Reed", "Tom Pike"],
            "link": PAGE,
            "published_date": "2026-03-04 10:15:00",
            "published_date_precision": "full",
            "domain_url": "port.example",
            "name_source": "The Desk",
            "language": "en",
            "content": WHOLE,
            "rank": 9,
            "updated_date": None,
        }
    ],
}
NEWSDATA = {
    "status": "success",
    "totalResults": 1,
    "results": [
        {
            "article_id": "x",
            "title": "Late ferry",
            "link": PAGE,
            "creator": ["Ann Reed"],
            "language": "english",
            "content": "ONLY AVAILABLE IN PAID PLANS",
            "pubDate": "2026-03-04 10:15:00",
            "pubDateTZ": "UTC",
            "source_id": "desk",
            "source_name": "The Desk",
        }
    ],
}
EVENT_REGISTRY = {
    "articles": {
        "totalResults": 1,
        "results": [
            {
                "uri": "8-1",
                "lang": "eng",
                "isDuplicate": False,
                "date": "2026-03-04",
                "time": "11:00:00",
                "dateTime": "2026-03-04T11:00:00Z",
                "dateTimePub": "2026-03-04T10:15:00Z",
                "dataType": "news",
                "url": PAGE,
                "title": "Late ferry",
                "body": WHOLE,
                "authors": [{"name": "Ann Reed", "type": "author"}],
                "source": {"uri": "port.example", "dataType": "news", "title": "The Desk"},
            }
        ],
    }
}
WEBZ = {
    "posts": [
        {
            "uuid": "u1",
            "url": PAGE,
            "ord_in_thread": 0,
            "author": "Ann Reed",
            "title": "Late ferry",
            "text": WHOLE,
            "published": "2026-03-04T12:15:00.000+02:00",
            "language": "english",
            "crawled": "2026-03-04T13:00:00.000+02:00",
            "thread": {
                "uuid": "t1",
                "site": "port.example",
                "site_full": "www.port.example",
                "title": "Late ferry",
            },
        }
    ],
    "totalResults": 1,
}
BING = {
    "value": [
        {
            "name": "Late ferry",
            "url": PAGE,
            "description": "Late.",
            "provider": [{"name": "The Desk"}],
            "datePublished": "2026-03-04T10:15:00.0000000Z",
        }
    ]
}
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Desk",
    "items": [
        {
            "id": "1",
            "url": PAGE,
            "title": "Late ferry",
            "content_html": "<p>Late.</p>",
            "date_published": "2026-03-04T12:15:00+02:00",
            "authors": [{"name": "Ann Reed"}],
        }
    ],
}
CURRENTS = {
    "status": "ok",
    "news": [
        {
            "id": "c1",
            "title": "Late ferry",
            "description": "Late.",
            "url": PAGE,
            "author": "Ann Reed",
            "image": "None",
            "language": "en",
            "category": ["general"],
            "published": "2026-03-04 10:15:00 +0000",
        }
    ],
}

TIME = "2026-03-04T10:15:00+00:00"
SAMPLES: dict[str, tuple[Any, str, str | None, str | None, str | None]] = {
    # data, the service's name, outlet, published, byline
    "gdelt": (GDELT, "GDELT", "port.example", None, None),
    "media cloud": ({"stories": [MEDIA_CLOUD]}, "Media Cloud", "port.example", "2026-03-04", None),
    "newsapi": (NEWSAPI, "NewsAPI.org", "The Desk", TIME, "Ann Reed"),
    "gnews": (GNEWS, "GNews", "The Desk", TIME, None),
    "guardian": (GUARDIAN, "The Guardian Open Platform", "The Desk", TIME, "Ann Reed"),
    "times": (TIMES, "New York Times Article Search", "The Desk", TIME, "Ann Reed and Tom Pike"),
    "mediastack": (MEDIASTACK, "mediastack", "The Desk", TIME, None),
    "newscatcher": (NEWSCATCHER, "NewsCatcher", "The Desk", TIME, "Ann Reed"),
    "newsdata": (NEWSDATA, "NewsData.io", "The Desk", TIME, "Ann Reed"),
    "event registry": (EVENT_REGISTRY, "Event Registry (newsapi.ai)", "The Desk", TIME, "Ann Reed"),
    "webz": (WEBZ, "Webz.io", "port.example", TIME, "Ann Reed"),
    "bing": (BING, "Bing News Search", "The Desk", TIME, None),
    "json feed": (JSON_FEED, "JSON Feed", "", TIME, "Ann Reed"),
    "currents": (CURRENTS, "Currents", "", TIME, "Ann Reed"),
}
