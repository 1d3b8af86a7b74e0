interface LongText {
  id: string
  begin: string
  end: string
  /** Of the words in between, as they are known. */
  sums: readonly string[]
}

const gnu2 = " preamble the licenses for most software are designed to take away your freedom "

/**
 * Of the texts of spdx.org, gnu.org, apache.org, mozilla.org and Debian. Those of the GNU licenses do not say whether a later
 * version may be chosen, so that neither `-only` nor `-or-later` is known.
 */
export const longTexts: readonly LongText[] = [
  {
    id: "Apache-2.0",
    begin: " terms and conditions for use reproduction and distribution 1 definitions ",
    end: " of your accepting any such warranty or additional liability ",
    sums: ["42da2139624db758", "62ad88410a2f44fe", "a283b56f16ff5343"],
  },
  {
    id: "MPL-2.0",
    begin: " mozilla public license version 2 0 1 definitions ",
    end: " as defined by the mozilla public license v 2 0 ",
    sums: ["9b1fdb773cf48581", "37b9c9229dab712e"],
  },
  {
    id: "GPL-2.0",
    begin: gnu2,
    end: " use the gnu lesser general public license instead of this license ",
    sums: ["5dbe1df3151c5f5a", "9c154de2a56bf0e0"],
  },
  {
    id: "GPL-2.0",
    begin: gnu2,
    end: " use the gnu library general public license instead of this license ",
    sums: ["b5b5fcce5957282e", "eae7767eec9b125e"],
  },
  {
    id: "GPL-2.0",
    begin: gnu2,
    end: " signature of ty coon 1 april 1989 ty coon president of vice ",
    sums: ["2f8e3bbb1424daad", "3323dcb7a844156c"],
  },
  {
    id: "LGPL-2.1",
    begin: gnu2,
    end: " that s all there is to it ",
    sums: ["38274a0abff2e39a", "58e6e4c1965dc2c3"],
  },
  {
    id: "LGPL-3.0",
    begin: " this version of the gnu lesser general public license incorporates ",
    end: " permanent authorization for you to choose that version for the library ",
    sums: ["d507f6ddbc472d66"],
  },
  {
    id: "GPL-3.0",
    begin: " preamble the gnu general public license is a free copyleft license ",
    end: " why not lgpl html ",
    sums: ["502dec97795c9b94", "7d5d6bd019ae0915", "a3c58f3e263237bc"],
  },
  {
    id: "AGPL-3.0",
    begin: " preamble the gnu affero general public license is a free copyleft license ",
    end: " gnu agpl see www gnu org licenses ",
    sums: ["25350f79120f0689"],
  },
  {
    id: "CC0-1.0",
    begin: " statement of purpose the laws of most jurisdictions ",
    end: " no duty or obligation with respect to this cc0 or use of the work ",
    sums: ["1ecc41843b8fc6b2"],
  },
  {
    id: "CC-BY-4.0",
    begin: " attribution 4 0 international ",
    end: " creative commons may be contacted at creativecommons org ",
    sums: ["0b3c78f9f6096d71", "ad07fe346f20a97f"],
  },
  {
    id: "EPL-2.0",
    begin: " eclipse public license v 2 0 the accompanying program ",
    end: " you may add additional accurate notices of copyright ownership ",
    sums: ["8d3dc2c9976eafd5"],
  },
  {
    id: "EUPL-1.2",
    begin: " european union public license v 1 2 ",
    end: " require the production of a new eupl version ",
    sums: ["69e10af5638f7742"],
  },
]

const conditionWords =
  `not no non must may shall only except unless without if provided prohibited permitted allowed grant granted
  require required restricted commercial free condition conditions clause license licensed licenses under terms exception
  modify use used agreement warranty patent`.split(/\s+/)

export const conditions = new Set(conditionWords)

/** A name, or several of them. */
const name = String.raw`(?:(?!(?:${conditionWords.join("|")}) )\w+ ){1,30}?`

const mark = String.raw`(?:[0-9a-c] |i+ )?`

const mitGrant = `permission is hereby granted free of charge to any person obtaining a copy of this software and(?: or)? associated
  documentation files? the software to deal in the software without restriction including without limitation the rights to use
  copy modify merge publish distribute sublicense and or sell copies of the software and to permit persons to whom the software
  is furnished to do so`

const mitDisclaimer = `the software is provided as is without warranty of any kind express or implied including but not limited to
  the warranties of merchantability fitness for a particular purpose and noninfringement in no event shall ${name}be liable for
  any claim damages or other liability whether in an action of contract tort or otherwise arising from out of or in connection
  with the software or the use or other dealings in the software`

const iscGrant = `permission to use copy modify and(?: or)? distribute this software for any purpose with or without fee is hereby granted`

const iscDisclaimer = `the software is provided as is and ${name}disclaims? all warranties with regard to this software including
  all implied warranties of merchantability and fitness in no event shall ${name}be liable for any special direct indirect or
  consequential damages or any damages whatsoever resulting from loss of use data or profits whether in an action of contract
  negligence or other tortious action arising out of or in connection with the use or performance of this software`

const bsdGrant = `redistribution and use in source and binary forms with or without modification are permitted provided that the
  following conditions are met ${mark}redistributions? of source code must retain the above copyright notice this list of
  conditions and the following disclaimer ${mark}redistributions? in binary form must reproduce the above copyright notice this
  list of conditions and the following disclaimer in the documentation and or other materials provided with the distribution`

const bsdNames = `${mark}(?:neither the names? ${name}nor the names of ${name}may|the names? ${name}may not) be used to endorse or
  promote products derived from this software without specific prior written permission`

const bsdDisclaimer = `this software is provided by ${name}as is and any express or implied warranties including but not limited to
  the implied warranties of merchantability and fitness for a particular purpose are disclaimed in no event shall ${name}be liable
  for any direct indirect incidental special exemplary or consequential damages including but not limited to procurement of
  substitute goods or services loss of use data or profits or business interruption however caused and on any theory of liability
  whether in contract strict liability or tort including negligence or otherwise arising in any way out of the use of this software
  even if advised of the possibility of such damage`

/** As words; each has an end of its own, so that none is a part of another one. */
export const shortTexts: readonly { id: string; begin: string; pattern: RegExp }[] = [
  [
    "MIT",
    `${mitGrant} subject to the following conditions the above copyright notice and this permission notice
    (?:including the next paragraph )?shall be included in all copies or substantial portions of the software ${mitDisclaimer}`,
  ],
  ["MIT-0", `${mitGrant} ${mitDisclaimer}`],
  [
    "ISC",
    `${iscGrant} provided that the above copyright notice and this permission notice appear in all copies ${iscDisclaimer}`,
  ],
  ["0BSD", `${iscGrant} ${iscDisclaimer}`],
  ["BSD-2-Clause", `${bsdGrant} ${bsdDisclaimer}`],
  ["BSD-3-Clause", `${bsdGrant} ${bsdNames} ${bsdDisclaimer}`],
  [
    "Unlicense",
    `this is free and unencumbered software released into the public domain anyone is free to copy modify publish use compile sell
    or distribute this software either in source code form or as a compiled binary for any purpose commercial or non commercial
    and by any means in jurisdictions that recognize copyright laws the author or authors of this software dedicate any and all
    copyright interest in the software to the public domain we make this dedication for the benefit of the public at large and to
    the detriment of our heirs and successors we intend this dedication to be an overt act of relinquishment in perpetuity of all
    present and future rights to this software under copyright law ${mitDisclaimer} for more information please refer to
    unlicense org`,
  ],
  [
    "BSL-1.0",
    `boost software license version 1 0 august 17th 2003 permission is hereby granted free of charge to any person or organization
    obtaining a copy of the software and accompanying documentation covered by this license the software to use reproduce display
    distribute execute and transmit the software and to prepare derivative works of the software and to permit third parties to
    whom the software is furnished to do so all subject to the following the copyright notices in the software and this entire
    statement including the above license grant this restriction and the following disclaimer must be included in all copies of
    the software in whole or in part and all derivative works of the software unless such copies or derivative works are solely
    in the form of machine executable object code generated by a source language processor the software is provided as is without
    warranty of any kind express or implied including but not limited to the warranties of merchantability fitness for a
    particular purpose title and noninfringement in no event shall the copyright holders or anyone distributing the software be
    liable for any damages or other liability whether in contract tort or otherwise arising from out of or in connection with the
    software or the use or other dealings in the software`,
  ],
  [
    "Zlib",
    `this software is provided as is without any express or implied warranty in no event will the authors? be held liable for any
    damages arising from the use of this software permission is granted to anyone to use this software for any purpose including
    commercial applications and to alter it and redistribute it freely subject to the following restrictions ${mark}the origin of
    this software must not be misrepresented you must not claim that you wrote the original software if you use this software in
    a product an acknowledgment in the product documentation would be appreciated but is not required ${mark}altered source
    versions must be plainly marked as such and must not be misrepresented as being the original software ${mark}this notice may
    not be removed or altered from any source distribution`,
  ],
  ["Apache-2.0", apacheNotice()],
].map(([id = "", pattern = ""]) => ({
  id,
  // As far as it is the same in all texts.
  begin: /^[a-z0-9 ]+(?= )/.exec(pattern.replace(/\s+/g, " "))?.[0] ?? "",
  pattern: ofWords(pattern),
}))

/** What a file has that refers to it. */
function apacheNotice(): string {
  return `licensed under the apache license version 2 0 the license you may not use (?:this|these) (?:file|files|project|software)
    except in compliance with the license you may obtain a copy of the license at (?:www )?apache org licenses license 2 0
    (?:txt |html )?unless required by applicable law or agreed to in writing software distributed under the license is distributed
    on an as is basis without warranties or conditions of any kind either express or implied see the license for the specific
    language governing permissions and limitations under the license`
}

const freeSoftwareFoundation = String.raw`(?:copyright (?:c )?(?:\d{4} )+free software foundation inc )?(?:(?:51|59|31|675) (?:\w+ ){1,14}usa )?(?:fsf org )?`

/** What stands beside licenses, and is none: their titles, and how they are to be used. */
export const additions: readonly RegExp[] = [
  `apache license version 2 0 january 2004 (?:www )?apache org licenses`,
  `end of terms and conditions`,
  `(?:gnu (?:lesser |affero )?general public license version [23](?: 1)? (?:\\d+ )?(?:june|november|february) \\d+ )?${freeSoftwareFoundation}everyone
    is permitted to copy and distribute verbatim copies of this license document but changing it is not allowed`,
  `this is the first released version of the lesser gpl it also counts as the successor of the gnu library public license version 2
    hence the version number 2 1`,
  `(?:creative commons legal code )?cc0 1 0 universal creative commons corporation is not a law firm and does not provide legal
    services distribution of this document does not create an attorney client relationship creative commons provides this
    information on an as is basis creative commons makes no warranties regarding the use of this document or the information or
    works provided hereunder and disclaims liability for damages resulting from the use of this document or the information or
    works provided hereunder`,
  `mit no attribution`,
  `appendix how to apply the apache license to your work to apply the apache license to your work attach the following boilerplate
    notice with the fields enclosed by brackets (?:replaced )?with your own identifying information don t include the brackets the
    text should be enclosed in the appropriate comment syntax for the file format we also recommend that a file or class name and
    description of purpose be included on the same printed page as the copyright notice for easier identification within third
    party archives`,
  `(?:the )?(?:mit|expat|isc|bsd|apache|zlib|mozilla public|boost software|0bsd)(?: \\w+)?(?: clause)?(?: new or revised| new|
    simplified| revised)?(?: style)? license(?: version)?(?: (?:1|2) 0)?(?: (?:mit|isc|zlib|bsd))?`,
  `(?:the )?unlicense`,
  `(?:the |software )?licenses?(?= )`,
].map(ofWords)

/** Words as they are in a text: with one blank around each. */
function ofWords(pattern: string): RegExp {
  return new RegExp(`(?<= )${pattern.replace(/\s+/g, " ").trim()}(?= )`, "g")
}
